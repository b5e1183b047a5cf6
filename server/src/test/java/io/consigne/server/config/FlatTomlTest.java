package io.consigne.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.server.config.FlatToml.Entry;
import io.consigne.server.config.FlatToml.SyntaxException;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FlatTomlTest {

  @Test
  void values_areHandedOutAsText() throws SyntaxException {
    assertThat(
            FlatToml.read(
                """
                # comment
                text = "a # \\"b\\" \\u00e9 \\\\"   # comment
                literal='C:\\dir'
                "quoted key" = true
                number = -1_000
                """))
        .containsExactly(
            new Entry("text", "a # \"b\" é \\", 2),
            new Entry("literal", "C:\\dir", 3),
            new Entry("quoted key", "true", 4),
            new Entry("number", "-1000", 5));
  }

  @Test
  void array_mayTakeSeveralLines() throws SyntaxException {
    assertThat(FlatToml.read("a = [ # first\r\n 'x',\r\n 'y',\r\n]\r\nb = []\r\nc = [1, 2]"))
        .containsExactly(new Entry("a", "x,y", 1), new Entry("b", "", 5), new Entry("c", "1,2", 6));
  }

  @Test
  void emptyText_hasNoEntries() throws SyntaxException {
    assertThat(FlatToml.read("")).isEmpty();
    assertThat(FlatToml.read("\n # comment")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          [server]       | tables are not used here, write key = value
          a              | "=" expected after a
          a.b = 1        | not a key: "a.b"
          = 1            | not a key: ""
          a = b          | not a value: a text must be quoted
          a = 1.5        | not a value: a text must be quoted
          a =            | not a value: a text must be quoted
          a = "b         | closing " missing
          a = '''b'''    | strings of several lines are not used here
          a = "\\x"      | unknown escape \\x
          a = "\\u12"    | not a character code
          a = "\\ud800"  | not a character code
          a = 1_         | not a value: a text must be quoted
          a = 1__0       | not a value: a text must be quoted
          a = _1         | not a value: a text must be quoted
          a = 1 b = 2    | end of line expected after the value
          a = ["x" "y"]  | "," or "]" expected in an array
          a = ["x"       | "," or "]" expected in an array
          """,
      delimiter = '|')
  void anythingElse_isRefusedWithItsLine(String text, String message) {
    assertThatThrownBy(() -> FlatToml.read("ok = 1\n" + text))
        .hasMessage(message)
        .asInstanceOf(InstanceOfAssertFactories.type(SyntaxException.class))
        .returns(2, SyntaxException::line);
  }

  /** Such a number overflowed the stack. */
  @Test
  void number_mayBeLong() throws SyntaxException {
    assertThat(FlatToml.read("a = 1" + "_1".repeat(100_000)))
        .containsExactly(new Entry("a", "1".repeat(100_001), 1));
  }

  @Test
  void file_namesItselfAndTheLine(@TempDir Path folder) throws IOException {
    var sources = new ConfigFixture(folder).file("\ndata = x");
    assertThatThrownBy(sources::read)
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "%s line 2: not a value: a text must be quoted", folder.resolve("consigne.toml"));
  }
}
