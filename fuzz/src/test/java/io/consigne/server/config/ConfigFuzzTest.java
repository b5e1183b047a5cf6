package io.consigne.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.consigne.fuzz.FuzzTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/**
 * A configuration file is refused with its name and the line, or read as it would be if it were
 * written more carefully; no message shows a secret.
 */
final class ConfigFuzzTest extends FuzzTarget {
  private static final String SECRET = "0squirrel";

  /** Values with a secret in them: none is one that the host takes. */
  private static final List<String> SECRET_LINES =
      List.of(
          "\"0squirrel\"",
          "'x://alice:0squirrel@db/x'",
          "0squirrel",
          "x://alice:0squirrel@db/x",
          "[0squirrel]",
          "[\"a\" 0squirrel]",
          "\"a\" 0squirrel",
          "\"0squirrel",
          "\"\"\"0squirrel",
          "\"\\u0squirrel\"",
          "\"\\q0squirrel\"");

  @TempDir static Path folder;

  @FuzzTest
  void fuzz(byte[] input) throws IOException {
    check(input);
  }

  @Override
  protected void check(byte[] input) throws IOException {
    String text = new String(input, StandardCharsets.UTF_8);
    Path file = folder.resolve("fuzz.toml");
    try {
      List<FlatToml.Entry> entries = FlatToml.read(text);
      checkAgain(entries);
      checkOptions(entries);
    } catch (FlatToml.SyntaxException refused) {
      assertThat(refused.line())
          .isBetween(1, 1 + (int) text.chars().filter(c -> c == '\n').count());
    }
    Files.write(file, input);
    try {
      var config = new ConfigSources(Map.of(), file, Map.of(), folder).read();
      assertThat(config.web().listen().port()).isBetween(0, 65_535);
    } catch (ConfigException refused) {
      assertThat(refused).hasMessageContaining("fuzz.toml");
    }
    checkSecrets(file, input);
  }

  /** A line with a secret stands before the others, well written or not. */
  private static void checkSecrets(Path file, byte[] input) throws IOException {
    for (Option<?> option : Options.ALL) {
      if (option.format().shape() == Format.Shape.SECRET) {
        for (String line : SECRET_LINES) {
          Files.writeString(file, option.name() + " = " + line + "\n");
          Files.write(file, input, StandardOpenOption.APPEND);
          var sources = new ConfigSources(Map.of(), file, Map.of(), folder);
          assertThatThrownBy(sources::read)
              .isInstanceOf(ConfigException.class)
              .hasMessageNotContaining(SECRET);
        }
      }
    }
  }

  private static void checkAgain(List<FlatToml.Entry> entries) throws FlatToml.SyntaxException {
    var careful = new StringBuilder();
    for (FlatToml.Entry entry : entries) {
      careful.append(quoted(entry.key())).append(" = ").append(quoted(entry.text())).append('\n');
    }
    List<FlatToml.Entry> again = FlatToml.read(careful.toString());
    assertThat(again).hasSameSizeAs(entries);
    for (int i = 0; i < again.size(); i++) {
      FlatToml.Entry entry = entries.get(i);
      assertThat(again.get(i)).isEqualTo(new FlatToml.Entry(entry.key(), entry.text(), i + 1));
    }
    var lines = new HashSet<Integer>();
    entries.forEach(entry -> assertThat(lines.add(entry.line())).as("a line each").isTrue());
  }

  /** Each value is tried as one of each option. */
  private static void checkOptions(List<FlatToml.Entry> entries) {
    for (FlatToml.Entry entry : entries) {
      for (Option<?> option : Options.ALL) {
        try {
          var _ = new Given(entry.text(), "here").as(option);
        } catch (ConfigException refused) {
          boolean secret = option.format().shape() == Format.Shape.SECRET;
          assertThat(refused.getMessage())
              .startsWith(option.name() + " must be ")
              .endsWith((secret ? "(not shown)" : '"' + entry.text() + '"') + " (from here)");
        }
      }
    }
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    text.chars().forEach(c -> quoted.append("\\u%04x".formatted(c)));
    return text.chars().anyMatch(c -> Character.isSurrogate((char) c))
        ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"'
        : quoted.append('"').toString();
  }
}
