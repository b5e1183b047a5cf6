package io.consigne.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that are asked for a key. */
final class KeysTest {
  @TempDir private Path home;

  /** A locked keyring in a job of the night: every command waited for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"exec cat /dev/zero > /dev/null", "mkfifo pipe; cat pipe; echo a-key"})
  void programThatPrintsNothing_isGivenUpAndEnded(String waits) throws IOException {
    Path pid = home.resolve("pid");
    var around =
        new Surroundings(
            System.getenv(),
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            false,
            false);
    var keys = new Keys(around, home, Duration.ofSeconds(2));
    var place = new KeyPlace.Printed("echo $$ > " + pid + "; cd " + home + "; " + waits);
    var profile = new Profile("home", URI.create("https://files.example.org"), place);
    assertThatThrownBy(() -> keys.get(profile))
        .isInstanceOf(Problem.class)
        .hasMessage("the command for the key has not ended after 2 s");
    ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
        .ifPresent(program -> assertThat(program.onExit().join().isAlive()).isFalse());
  }
}
