package io.consigne.core.uploads;

/** Text of a client, made fit for the report: each database takes it, and a page can show it. */
final class ReportText {
  private static final int MOST_POINTS = 250;
  private static final int REPLACEMENT = 0xfffd;

  private ReportText() {}

  /** Replaces control characters and broken surrogates, and cuts at 250 characters. */
  static String of(String text) {
    return text.codePoints()
        .limit(MOST_POINTS)
        .map(point -> isFit(point) ? point : REPLACEMENT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isFit(int point) {
    return !Character.isISOControl(point)
        && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
  }
}
