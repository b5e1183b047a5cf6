package io.consigne.core.tree;

import io.consigne.core.failure.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file or folder, kept exactly as it was given: no trimming, no Unicode normalising
 * (rclone compares names byte by byte).
 *
 * @param value 1 to 256 characters (code points), none of them a control character or a slash, and
 *     not {@code .} or {@code ..}
 */
public record FileName(String value) {
  private static final int SHOWN_LENGTH = 300;

  /** Refuses what is no name. */
  public FileName {
    String rule = ruleBroken(value);
    if (rule != null) {
      throw new IllegalArgumentException(new Failure.Invalid("name", shown(value), rule).message());
    }
  }

  /**
   * Takes a name from outside.
   *
   * @throws io.consigne.core.failure.FailureException {@code Invalid}, naming the rule
   */
  public static FileName parse(String text) {
    String rule = ruleBroken(text);
    if (rule != null) {
      throw new Failure.Invalid("name", shown(text), rule).asException();
    }
    return new FileName(text);
  }

  /**
   * Takes the name of a folder from outside.
   *
   * @throws io.consigne.core.failure.FailureException {@code Invalid}, naming the rule
   */
  public static FileName parseFolder(String text) {
    if (text.codePointCount(0, text.length()) > TreeLimits.FOLDER_NAME_LENGTH) {
      String rule = "must have at most " + TreeLimits.FOLDER_NAME_LENGTH + " characters";
      throw new Failure.Invalid("name", shown(text), rule).asException();
    }
    return parse(text);
  }

  private static @Nullable String ruleBroken(String text) {
    if (text.isEmpty()) {
      return "must not be empty";
    }
    if (text.codePointCount(0, text.length()) > TreeLimits.FILE_NAME_LENGTH) {
      return "must have at most " + TreeLimits.FILE_NAME_LENGTH + " characters";
    }
    if (text.equals(".") || text.equals("..")) {
      return "must not be . or ..";
    }
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '/')) {
      return "must not contain a slash or a control character";
    }
    if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      return "must be whole Unicode characters";
    }
    return null;
  }

  private static String shown(String text) {
    String visible = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", "\uFFFD");
    return visible.codePointCount(0, visible.length()) <= SHOWN_LENGTH
        ? visible
        : visible.substring(0, visible.offsetByCodePoints(0, SHOWN_LENGTH)) + "…";
  }

  @Override
  public String toString() {
    return value;
  }
}
