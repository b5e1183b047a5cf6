package io.consigne.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigSecretsTest {
  @TempDir private Path folder;

  @Test
  void configuration_isShownWithoutThePassword() {
    var sources =
        new ConfigFixture(folder)
            .flag(Options.DB, "postgresql://alice:hunter2@db:5433/files?sslmode=require");
    assertThat(sources.read().toString())
        .contains("db=postgresql://alice:***@db:5433/files?sslmode=require,")
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql://a:hunter2@db/x", "postgresql://a:hunter2@db", "hunter2 x"})
  void badUrl_isRefusedWithoutShowingIt(String text) {
    var sources = new ConfigFixture(folder).variable("CONSIGNE_DB", text);
    assertThatThrownBy(sources::read)
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "db must be a URL such as postgresql://user:password@host:5432/database:"
                + " (not shown) (from CONSIGNE_DB)")
        .hasNoCause();
  }

  @Test
  void givenValue_isNotInToString() {
    assertThat(new Given("hunter2", "CONSIGNE_DB")).hasToString("a value from CONSIGNE_DB");
  }
}
