package io.consigne.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.cli.talk.Surroundings;
import io.consigne.client.model.ApiKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A keyring that waits to be unlocked by somebody who is not there. */
final class LockedKeyringTest {
  private static final URI HOST = URI.create("https://files.example.org");

  @TempDir private Path home;

  /** A login ended with a failure, and the older key was gone. */
  @ParameterizedTest
  @ValueSource(strings = {"store", "store clear"})
  void loginBesideIt_keepsTheKeyInAFile(String waiting) throws IOException {
    Path tool = Files.createDirectories(home.resolve("bin")).resolve("secret-tool");
    Files.writeString(tool, tool(waiting));
    assertThat(tool.toFile().setExecutable(true)).isTrue();
    var environment = Map.of("HOME", home.toString(), "PATH", tool.getParent() + ":/usr/bin:/bin");
    var around =
        new Surroundings(
            environment,
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            false,
            false);
    var profiles = new Profiles(around, Duration.ofSeconds(1));
    profiles.add("home", HOST, new ApiKey("the-older-key"));
    assertThat(profiles.get("home").key()).isEqualTo(new KeyPlace.Keyring());
    Files.createFile(home.resolve("locked"));
    profiles.add("home", HOST, new ApiKey("the-newer-key"));
    assertThat(profiles.get("home").key()).isEqualTo(new KeyPlace.OwnFile());
    assertThat(profiles.key(profiles.get("home")).reveal()).isEqualTo("the-newer-key");
  }

  /** A keyring of one key, which waits once it is locked. */
  private static String tool(String waiting) {
    return """
    #!/bin/sh
    case " %s " in *" $1 "*) [ -e "$HOME/locked" ] && { mkfifo "$HOME/pipe$$"; exec cat "$HOME/pipe$$"; } ;; esac
    case $1 in
      store) cat > "$HOME/kept" ;;
      lookup) cat "$HOME/kept" ;;
      clear) rm -f "$HOME/kept" ;;
    esac
    """
        .formatted(waiting);
  }
}
