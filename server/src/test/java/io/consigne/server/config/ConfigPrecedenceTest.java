package io.consigne.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigPrecedenceTest {
  @TempDir private Path folder;
  private ConfigFixture sources;

  @BeforeEach
  void start() {
    sources = new ConfigFixture(folder);
  }

  @Test
  void flag_winsOverEnvironment() {
    sources.flag(Options.DATA, "from-flag").variable("CONSIGNE_DATA", "from-variable");
    assertThat(sources.read().storage().data()).isEqualTo(Path.of("from-flag"));
  }

  @Test
  void flag_winsOverFile() throws IOException {
    sources.flag(Options.DATA, "from-flag").file("data = 'from-file'");
    assertThat(sources.read().storage().data()).isEqualTo(Path.of("from-flag"));
  }

  @Test
  void flag_winsOverDefault() {
    sources.flag(Options.DATA, "from-flag");
    assertThat(sources.read().storage().data()).isEqualTo(Path.of("from-flag"));
  }

  @Test
  void environment_winsOverFile() throws IOException {
    sources.variable("CONSIGNE_DATA", "from-variable").file("data = 'from-file'");
    assertThat(sources.read().storage().data()).isEqualTo(Path.of("from-variable"));
  }

  @Test
  void environment_winsOverDefault() {
    sources.variable("CONSIGNE_DATA", "from-variable");
    assertThat(sources.read().storage().data()).isEqualTo(Path.of("from-variable"));
  }

  @Test
  void file_winsOverDefault() throws IOException {
    sources.file("data = 'from-file'");
    assertThat(sources.read().storage().data()).isEqualTo(Path.of("from-file"));
  }

  @Test
  void sources_mergeOptionByOption() throws IOException {
    sources
        .flag(Options.DATA, "from-flag")
        .variable("CONSIGNE_LISTEN", ":81")
        .file("data = 'from-file'\nlisten = ':82'\nlimits = 'off'");
    HostConfig config = sources.read();
    assertThat(config.storage().data()).isEqualTo(Path.of("from-flag"));
    assertThat(config.web().listen()).isEqualTo(new ListenAddress("", 81));
    assertThat(config.rules().limits()).isFalse();
  }

  @Test
  void emptyVariable_countsAsNotGiven() {
    sources.variable("CONSIGNE_DATA", "");
    assertThat(sources.read().storage().data()).isEqualTo(Path.of("./consigne-data"));
  }

  @Test
  void fileFlag_winsOverFileVariable() throws IOException {
    sources
        .file("flag.toml", "data = 'from-flagged-file'")
        .file("variable.toml", "data = 'from-file-of-variable'")
        .variable("CONSIGNE_CONFIG", folder.resolve("variable.toml").toString());
    assertThat(sources.read(folder.resolve("flag.toml")).storage().data())
        .isEqualTo(Path.of("from-flagged-file"));
    assertThat(sources.read().storage().data()).isEqualTo(Path.of("from-file-of-variable"));
  }

  @Test
  void fileNamedButMissing_isRefused() {
    Path missing = folder.resolve("missing.toml");
    assertThatThrownBy(() -> sources.read(missing))
        .isInstanceOf(ConfigException.class)
        .hasMessage("the configuration file cannot be read: " + missing);
  }
}
