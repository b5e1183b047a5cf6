package io.consigne.client.sync;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Patterns of paths. */
final class Globs {
  private Globs() {}

  /**
   * The expression that fits what a pattern fits.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Pattern pattern(String glob) {
    if (glob.isEmpty() || glob.equals("/")) {
      throw new IllegalArgumentException("a pattern must not be empty");
    }
    String text = glob.endsWith("/") ? glob + "**" : glob;
    String start = text.startsWith("/") ? "" : "(?:.*/)?";
    try {
      return Pattern.compile(
          start + expression(text.startsWith("/") ? text.substring(1) : text), Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("no pattern: " + glob, e);
    }
  }

  private static String expression(String glob) {
    var expression = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      boolean twice = i + 1 < glob.length() && glob.charAt(i + 1) == '*';
      switch (c) {
        case '*' -> expression.append(twice ? ".*" : "[^/]*");
        case '?' -> expression.append("[^/]");
        case '{' -> expression.append("(?:");
        case '}' -> expression.append(")");
        case ',' -> expression.append(depth > 0 ? "|" : ",");
        case '[' -> {
          int end = glob.indexOf(']', i + 1);
          if (end < 0) {
            throw new IllegalArgumentException("a [ without ]: " + glob);
          }
          expression.append(oneOf(glob.substring(i + 1, end)));
          i = end;
        }
        case '\\' -> {
          i++;
          if (i == glob.length()) {
            throw new IllegalArgumentException("a \\ at the end: " + glob);
          }
          expression.append(Pattern.quote(glob.substring(i, i + 1)));
        }
        default -> expression.append(Pattern.quote(String.valueOf(c)));
      }
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      i += c == '*' && twice ? 1 : 0;
    }
    return expression.toString();
  }

  /** One character of these, or with a {@code !} or {@code ^} in front none of them; no slash. */
  private static String oneOf(String characters) {
    boolean none = characters.startsWith("!") || characters.startsWith("^");
    String all = (none ? characters.substring(1) : characters).replaceAll("[\\\\\\[&^]", "\\\\$0");
    return "(?!/)[" + (none ? "^" : "") + all + "]";
  }
}
