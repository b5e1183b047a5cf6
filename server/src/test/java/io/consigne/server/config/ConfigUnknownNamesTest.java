package io.consigne.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigUnknownNamesTest {
  @TempDir private Path folder;
  private ConfigFixture sources;

  @BeforeEach
  void start() {
    sources = new ConfigFixture(folder);
  }

  @Test
  void unknownKey_isRefusedWithTheNearest() throws IOException {
    sources.file("public_url = 'https://files.example.org'");
    assertThatThrownBy(sources::read)
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "unknown option public_url; did you mean public-url? (from %s line 1)",
            folder.resolve("consigne.toml"));
  }

  @Test
  void unknownKeyLikeNoOther_isRefused() throws IOException {
    sources.file("colour = 'red'");
    assertThatThrownBy(sources::read)
        .isInstanceOf(ConfigException.class)
        .hasMessage("unknown option colour (from %s line 1)", folder.resolve("consigne.toml"));
  }

  @Test
  void unknownVariable_isRefusedWithTheNearest() {
    sources.variable("CONSIGNE_LISTENS", ":80");
    assertThatThrownBy(sources::read)
        .isInstanceOf(ConfigException.class)
        .hasMessage("unknown environment variable CONSIGNE_LISTENS; did you mean CONSIGNE_LISTEN?");
  }

  @Test
  void keyGivenTwice_isRefused() throws IOException {
    sources.file("data = 'a'\ndata = 'b'");
    assertThatThrownBy(sources::read)
        .isInstanceOf(ConfigException.class)
        .hasMessage("data is given twice (from %s line 2)", folder.resolve("consigne.toml"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONSIGNE_API_KEY",
        "CONSIGNE_CACERT",
        "CONSIGNE_DEBUG",
        "CONSIGNE_JAVA_HOME",
        "CONSIGNE_JAVA_OPTS",
        "CONSIGNE_NO_BUILD",
        "CONSIGNE_PASSWORD",
        "CONSIGNE_PORT",
        "CONSIGNE_PORT_8080_TCP_ADDR",
        "CONSIGNE_SERVICE_HOST",
        "CONSIGNE_SERVICE_PORT_HTTP",
        "CONSIGNE_URL",
        "CONSIGNED_GOODS",
        "PATH"
      })
  void variableOfSomethingElse_isLeftAlone(String name) {
    assertThat(sources.variable(name, "x").read()).isEqualTo(new ConfigFixture(folder).read());
  }

  /** Whoever uses the client's commands runs those of a host in the same shell. */
  @Test
  void variablesOfTheClient_asItsSourcesNameThem_areLeftAlone() throws IOException {
    Pattern named = Pattern.compile("\"(CONSIGNE_[A-Z_]*[A-Z])\"");
    Set<String> variables = new TreeSet<>();
    try (Stream<Path> sourceFiles = Files.walk(Path.of("../cli/src/main/java"))) {
      for (Path file : sourceFiles.filter(Files::isRegularFile).toList()) {
        named
            .matcher(Files.readString(file))
            .results()
            .map(it -> it.group(1))
            .forEach(variables::add);
      }
    }
    assertThat(variables).contains("CONSIGNE_CACERT", "CONSIGNE_PASSWORD", "CONSIGNE_URL");
    variables.forEach(name -> sources.variable(name, "x"));
    assertThat(sources.read()).isEqualTo(new ConfigFixture(folder).read());
  }
}
