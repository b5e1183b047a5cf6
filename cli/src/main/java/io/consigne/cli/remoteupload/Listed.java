package io.consigne.cli.remoteupload;

import io.consigne.cli.talk.Surroundings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source, and where it was named.
 *
 * @param url as it was written
 * @param where such as {@code list.txt:17}; empty for an argument
 */
record Listed(String url, String where) {
  private static final String STDIN = "-";

  /** Those of the arguments, then those of the file; {@code -} is the standard input. */
  static List<Listed> all(List<String> arguments, @Nullable String file, Surroundings around)
      throws IOException {
    var all = new ArrayList<Listed>();
    for (String argument : arguments) {
      if (argument.equals(STDIN)) {
        all.addAll(lines("line ", input(around)));
      } else {
        all.add(new Listed(argument.strip(), ""));
      }
    }
    if (file != null) {
      all.addAll(
          file.equals(STDIN)
              ? lines("line ", input(around))
              : lines(file + ":", Files.readAllLines(Path.of(file))));
    }
    return all;
  }

  private static List<String> input(Surroundings around) throws IOException {
    var in = new InputStreamReader(around.in(), StandardCharsets.UTF_8);
    return new BufferedReader(in).readAllLines();
  }

  /** A source without the user and password that may stand in it. */
  static String shown(String source) {
    return source.replaceFirst("//[^/?#]*@", "//");
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
