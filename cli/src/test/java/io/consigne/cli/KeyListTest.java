package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code key list} of the host, in the envelope that client commands have. */
final class KeyListTest {
  @TempDir private Path home;

  @Test
  void json_isOneObjectWithAVersion_andShowsNoKey() throws IOException {
    try (var desk = new Desk(home)) {
      String restricted = desk.restrictedKey();
      Run run = Run.of("key", "list", "admin", "--json", "--data", desk.path("host").toString());
      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(run.out())
          .startsWith("{\"consigne\":1,\"command\":\"key list\",\"data\":[{\"id\":")
          .contains("\"name\":\"phone\",\"kind\":\"restricted\",\"state\":\"active\"")
          .contains("\"scopes\":[\"read\"]")
          .contains("\"expires\":\"")
          .doesNotContain(desk.key())
          .doesNotContain(restricted);
    }
  }
}
