package io.consigne.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.cli.talk.Habits;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.cli.talk.Talk;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Which passwords go to which hosts. */
final class PasswordsOfHostsTest {
  private static final String SECRET = "secret6";
  private static final String OWN = "https://files.example.org";
  private static final String STRANGER = "https://files.example.net";

  private static Passwords passwords(Map<String, String> environment, String typed)
      throws IOException {
    var around =
        new Surroundings(
            environment,
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            OutputStream.nullOutputStream(),
            !typed.isEmpty(),
            false);
    var spec = CommandSpec.create();
    new CommandLine(spec).setErr(new PrintWriter(Writer.nullWriter(), true));
    return new Passwords(
        around, new Talk(spec, around, new Habits()), null, "files.example.org"::equals);
  }

  private static Passwords given() throws IOException {
    return passwords(Map.of("CONSIGNE_PASSWORD", SECRET), "");
  }

  /** What a host is told, which opens by {@link #SECRET} alone. */
  private static String opened(@Nullable String password, List<String> told) throws IOException {
    told.add(String.valueOf(password));
    if (!SECRET.equals(password)) {
      throw new RefusedException(new Refusal.PasswordNeeded(new Refusal.Said(403, "no")));
    }
    return SECRET;
  }

  private static List<String> folder(Passwords passwords, String host) throws IOException {
    var told = new ArrayList<String>();
    try {
      passwords.open(
          new Address.PublicFolder(URI.create(host + "/dir/AbCdEfGh")),
          password -> opened(password, told));
    } catch (Problem e) {
      told.add("asked for");
    }
    return told;
  }

  private static List<String> locked(Passwords passwords, String host) throws IOException {
    var told = new ArrayList<String>();
    passwords.open(
        new FileLink(host + "/?2zk52quqlm0cbjr93ri5"), true, password -> opened(password, told));
    return told;
  }

  /** Each cost a refusal, which 1fichier.com counts. */
  @Test
  void linkThatIsKnownToBeLocked_isOpenedAtOnce() throws IOException {
    var passwords = given();
    assertThat(locked(passwords, OWN)).containsExactly(SECRET);
    assertThat(locked(passwords, OWN)).containsExactly(SECRET);
  }

  @Test
  void passwordThatIsGiven_isForTheFirstThatAsks_andHostsWithAnAccount() throws IOException {
    var passwords = given();
    assertThat(folder(passwords, STRANGER)).containsExactly("null", SECRET);
    assertThat(folder(passwords, OWN)).containsExactly("null", SECRET);
    assertThat(folder(passwords, "http://files.example.net:8080"))
        .containsExactly("null", "asked for");
  }

  /** Each folder inside cost a request that was refused. */
  @Test
  void folderThatWasOpened_isOpenedAtOnce() throws IOException {
    var passwords = given();
    assertThat(folder(passwords, STRANGER)).containsExactly("null", SECRET);
    assertThat(folder(passwords, STRANGER)).containsExactly(SECRET);
    assertThat(folder(passwords, OWN)).containsExactly("null", SECRET);
    assertThat(folder(passwords, STRANGER)).containsExactly(SECRET);
  }

  /** Whoever had a link in a list was told the password of the one before. */
  @Test
  void passwordThatWasTyped_isTriedAtNoOtherHost() throws IOException {
    var passwords = passwords(Map.of(), SECRET + "\nother\nothers\nmore\nmost\n");
    assertThat(folder(passwords, OWN)).containsExactly("null", SECRET);
    assertThat(locked(passwords, OWN)).containsExactly(SECRET);
    var told = new ArrayList<String>();
    assertThatThrownBy(() ->
            passwords.open(
                new Address.PublicFolder(URI.create(STRANGER + "/dir/AbCdEfGh")),
                password -> opened(password, told)))
        .isInstanceOf(RefusedException.class);
    assertThat(told).contains("other").doesNotContain(SECRET);
  }

  @Test
  void domainsOf1fichier_areOneHost() throws IOException {
    var passwords = given();
    assertThat(folder(passwords, "https://alterupload.com")).containsExactly("null", SECRET);
    assertThat(folder(passwords, "https://1fichier.com")).containsExactly("null", SECRET);
  }
}
