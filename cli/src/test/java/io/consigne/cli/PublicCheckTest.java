package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A local folder beside a public one. */
final class PublicCheckTest extends OneDesk {
  private String address = "";
  private String locked = "";
  private String shut = "";
  private String local = "";

  @BeforeAll
  void share() throws IOException {
    desk.write("copy/a.txt", "one");
    desk.write("copy/in/b.txt", "two");
    local = desk.path("copy").toString();
    desk.good("put", "-r", local + "/.", "/open");
    desk.typing("s").good("put", "-", "/locked/s.txt");
    desk.typing("s").good("put", "-", "/shut/s.txt");
    desk.typing("secret7\n").good("link", "--ask-password", "/shut/s.txt");
    shut = desk.good("share", "/shut").strip();
    address = desk.good("share", "/open", "--below").strip();
    locked = desk.typing("secret6\n").good("share", "--ask-password", "/locked").strip();
    desk.environment().remove("CONSIGNE_API_KEY");
    desk.environment().remove("CONSIGNE_URL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "diff"})
  void sameFiles_areTheSame_withoutAnAccount(String command) {
    Run same = new Run(0, "", "consigne: 2 the same, 0 not\n");
    assertThat(desk.run(command, local, address)).isEqualTo(same);
    assertThat(desk.run(command, address, local)).isEqualTo(same);
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "diff"})
  void whatDiffers_isShown(String command) throws IOException {
    desk.write(command + "/a.txt", "eno");
    desk.write(command + "/c.txt", "new");
    assertThat(desk.run(command, desk.path(command).toString(), address))
        .isEqualTo(new Run(11, "* a.txt\n+ c.txt\n- in/b.txt\n", "consigne: 0 the same, 3 not\n"));
  }

  @Test
  void accountOfTheHost_isAskedWithItsKey() {
    desk.environment().put("CONSIGNE_API_KEY", desk.key());
    desk.environment().put("CONSIGNE_URL", desk.url());
    try {
      assertThat(desk.run("check", local, address).exitCode()).isZero();
    } finally {
      desk.environment().remove("CONSIGNE_API_KEY");
      desk.environment().remove("CONSIGNE_URL");
    }
  }

  @Test
  void password_opensTheFolder() throws IOException {
    desk.write("opened/s.txt", "s");
    Path word = desk.write("word", "secret6\n");
    String opened = desk.path("opened").toString();
    assertThat(desk.run("check", opened, locked).exitCode()).isEqualTo(4);
    desk.good("check", "--password-file=" + word, opened, locked);
  }

  /** Somebody was asked for the password of each file, in the middle of a comparison. */
  @Test
  void passwordsOfFiles_areNotAskedFor_butTried() throws IOException {
    desk.write("unlocked/s.txt", "s");
    String unlocked = desk.path("unlocked").toString();
    Run run = desk.attended(true).typing("").run("check", unlocked, shut);
    desk.attended(false);
    assertThat(run.exitCode()).isEqualTo(11);
    assertThat(run.out()).isEqualTo("? s.txt\n");
    assertThat(run.err()).doesNotContain("Password of");
    Path word = desk.write("word7", "secret7\n");
    desk.good("check", "--password-file=" + word, unlocked, shut);
  }

  @Test
  void sync_isRefused_andNamesWhatFetches() {
    for (String[] sides : new String[][] {{address, local}, {local, address}}) {
      Run run = desk.run("sync", sides[0], sides[1]);
      assertThat(run.exitCode()).isEqualTo(2);
      assertThat(run.err())
          .isEqualTo(
              """
              consigne: sync knows folders of accounts alone, and no public one: %s; \
              "consigne get -r --if-exists skip" fetches what is missing, \
              "consigne diff" compares
              """
                  .formatted(address));
    }
  }

  @Test
  void folderThatIsNotThere_isNotFound() {
    String none = address.replaceFirst("/dir/.*", "/dir/AbCdEfGhIjKl");
    assertThat(desk.run("check", local, none).exitCode()).isEqualTo(5);
  }

  /** What behaves like 1fichier.com tells checksums to accounts alone. */
  @Test
  void fileWithoutAChecksum_isNotCalledTheSame(@TempDir Path home) throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      Path copy = Files.createDirectory(home.resolve("copy"));
      Path file = Files.writeString(copy.resolve("p.txt"), "p", StandardCharsets.UTF_8);
      assertThat(Run.against(host, home, "put", file.toString(), "/open/").exitCode()).isZero();
      String shared = Run.against(host, home, "share", "/open").out().strip();
      String near = shared.replaceFirst("https?://[^/]*", host.url().toString());
      host.refuse("/v1/file/info.cgi", "Resource not allowed #631");
      Run run = Run.against(host, home, "check", copy.toString(), near);
      assertThat(run.exitCode()).isEqualTo(11);
      assertThat(run.out()).isEqualTo("? p.txt\n");
      assertThat(run.err()).contains("no checksum to compare with: ");
    }
  }
}
