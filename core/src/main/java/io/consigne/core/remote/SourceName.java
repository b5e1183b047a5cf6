package io.consigne.core.remote;

import io.consigne.core.tree.FileName;
import io.consigne.core.tree.TreeLimits;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a fetched file: what the source calls it, with {@code _} for whatever cannot be in a
 * name; {@code download} if nothing is left.
 */
final class SourceName {
  private static final String NAMELESS = "download";

  /** What tells of which kind a file is; a name that is too long is cut before it. */
  private static final Pattern EXTENSION = Pattern.compile("([.]tar)?[.][^.\\s]{1,16}$");

  private SourceName() {}

  static FileName of(@Nullable String said) {
    String name = said == null ? NAMELESS : cleaned(said);
    return new FileName(isName(name) ? name : NAMELESS);
  }

  private static String cleaned(String text) {
    int[] points = text.strip().codePoints().map(point -> isFit(point) ? point : '_').toArray();
    String whole = new String(points, 0, points.length);
    if (points.length <= TreeLimits.FOLDER_NAME_LENGTH) {
      return whole;
    }
    Matcher ending = EXTENSION.matcher(whole);
    String extension = ending.find() ? ending.group() : "";
    int kept = TreeLimits.FOLDER_NAME_LENGTH - extension.codePointCount(0, extension.length());
    return new String(points, 0, kept) + extension;
  }

  private static boolean isName(String name) {
    return !name.isEmpty() && !name.equals(".") && !name.equals("..");
  }

  private static boolean isFit(int point) {
    return !Character.isISOControl(point)
        && point != '/'
        && point != '\\'
        && Character.getType(point) != Character.SURROGATE;
  }
}
