package io.consigne.server.api.v1;

/** Compares names as people sort them: numbers by their value, letters whatever their case. */
final class NaturalOrder {
  private NaturalOrder() {}

  /** As a comparator does; zero for the same name only. */
  static int compare(String one, String other) {
    int i = 0;
    int j = 0;
    while (i < one.length() && j < other.length()) {
      int order;
      if (isDigit(one.charAt(i)) && isDigit(other.charAt(j))) {
        int endOne = end(one, i);
        int endOther = end(other, j);
        order = numbers(one.substring(i, endOne), other.substring(j, endOther));
        i = endOne;
        j = endOther;
      } else {
        order = Character.compare(plain(one.charAt(i++)), plain(other.charAt(j++)));
      }
      if (order != 0) {
        return order;
      }
    }
    int rest = Integer.compare(one.length() - i, other.length() - j);
    return rest == 0 ? one.compareTo(other) : rest;
  }

  private static int end(String text, int start) {
    int end = start;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int numbers(String one, String other) {
    String a = withoutZeros(one);
    String b = withoutZeros(other);
    return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
  }

  private static String withoutZeros(String digits) {
    int start = 0;
    while (start < digits.length() && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }

  private static boolean isDigit(char sign) {
    return sign >= '0' && sign <= '9';
  }

  private static char plain(char sign) {
    return Character.toLowerCase(Character.toUpperCase(sign));
  }
}
