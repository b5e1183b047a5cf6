package io.consigne.core.remote;

import io.consigne.core.tree.FileName;
import java.util.Optional;

/**
 * The name of a fetched file: what the source calls it, with {@code _} for whatever cannot be in a
 * name; {@code download} if nothing is left.
 */
final class SourceName {
  private static final String NAMELESS = "download";

  private SourceName() {}

  static FileName of(Optional<String> said) {
    return new FileName(said.map(SourceName::cleaned).filter(SourceName::isName).orElse(NAMELESS));
  }

  private static String cleaned(String text) {
    return text.strip()
        .codePoints()
        .limit(FileName.MAX_FOLDER_LENGTH)
        .map(point -> isFit(point) ? point : '_')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
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
