package io.consigne.cli.remoteupload;

import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A source, and where it was named.
 *
 * @param url as it was written
 * @param where such as {@code list.txt:17}; empty for an argument
 */
record Listed(String url, String where) {
  private static final String STDIN = "-";

  /** An address whose host and port are certain. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z]+://[^:@/?#]+(:[0-9]{1,5})?([/?#].*)?");

  private static final Pattern SCHEME =
      Pattern.compile("^((?:[A-Za-z][A-Za-z0-9+.-]{0,20}://)?).*");

  /** Those of the arguments, then those of the file; {@code -} is the standard input. */
  static List<Listed> all(List<String> arguments, @Nullable String file, Surroundings around)
      throws IOException {
    var all = new ArrayList<Listed>();
    for (String argument : arguments) {
      if (argument.equals(STDIN)) {
        all.addAll(lines("line ", Lines.of(around.in())));
      } else {
        all.add(new Listed(argument.strip(), ""));
      }
    }
    if (file != null) {
      all.addAll(
          file.equals(STDIN)
              ? lines("line ", Lines.of(around.in()))
              : lines(file + ":", Lines.of(Path.of(file))));
    }
    return all;
  }

  /** A source without what may be the user and password in it. */
  static String shown(String source) {
    String bare = source.replaceFirst("//[^/?#]*@", "//");
    boolean sure = bare.indexOf('@') < 0 || (bare.equals(source) && PLAIN.matcher(bare).matches());
    return sure ? bare : SCHEME.matcher(source).replaceFirst("$1…");
  }

  @Override
  public String toString() {
    return "Listed[" + shown(url) + ", " + where + "]";
  }

  /** Without blank lines and comments, which count. */
  private static List<Listed> lines(String place, List<String> lines) {
    var all = new ArrayList<Listed>();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        all.add(new Listed(line, place + number));
      }
    }
    return all;
  }
}
