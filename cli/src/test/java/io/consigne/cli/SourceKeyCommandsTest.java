package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.ids.Cidr;
import io.consigne.server.config.HostConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Links of another host are fetched with the key of that place, from real host to real host. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SourceKeyCommandsTest {
  private Desk other;
  private Desk desk;
  private String authority;

  @BeforeAll
  void start(@TempDir Path home) throws IOException {
    other = new Desk(home.resolve("other"));
    URI url = URI.create(other.url());
    authority = url.getAuthority();
    var fetches =
        new HostConfig.Fetches(
            16, List.of(Cidr.parse("127.0.0.0/8")), Set.of(url.getPort()), Set.of(), true);
    desk = new Desk(home.resolve("desk"), new HostConfig.Tls.None(), fetches);
    desk.typing(other.key() + "\n").good("login", "elsewhere", "--url", other.url());
  }

  @AfterAll
  void stop() {
    desk.close();
    other.close();
  }

  /** A file of the other host that only its owner opens. */
  private String link(String name) throws IOException {
    other.good("put", other.write(name, "bytes of " + name).toString(), "/private/");
    String link = other.good("link", "/private/" + name).strip();
    other.good("link", "/private/" + name, "--email", "owner@example.org");
    return link;
  }

  /** A file that only its owner reads. */
  private String secret(String name, String text) throws IOException {
    Path file = desk.write(name, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file.toString();
  }

  private static void requireNoKey(Run run, String key) {
    assertThat(run.out() + run.err()).doesNotContain(key);
  }

  @Test
  void profile_givesItsKey_andTheFileBehindTheLinkComes() throws IOException {
    String link = link("one.txt");
    Run run =
        desk.run(
            "remote", "add", link, "--source-profile", "elsewhere", "--folder", "/a", "--wait");
    assertThat(run.exitCode()).as(run.toString()).isZero();
    requireNoKey(run, other.key());
    assertThat(desk.good("cat", "/a/one.txt")).isEqualTo("bytes of one.txt");
  }

  @Test
  void file_givesAKey_forTheHostThatItNames() throws IOException {
    String link = link("two.txt");
    String file = secret("key.txt", other.key() + "\n");
    Run run =
        desk.run(
            "remote",
            "add",
            link,
            "--source-key",
            authority + "=" + file,
            "--folder",
            "/b",
            "--wait");
    assertThat(run.exitCode()).as(run.toString()).isZero();
    requireNoKey(run, other.key());
    assertThat(desk.good("cat", "/b/two.txt")).isEqualTo("bytes of two.txt");
  }

  @Test
  void withoutAKey_theFileDoesNotCome_andTheProfileThatHasOneIsNamed() throws IOException {
    Run run = desk.run("remote", "add", link("three.txt"), "--folder", "/c", "--wait");
    assertThat(run.err())
        .contains(
            "links of %s are fetched with your key there if you say --source-profile elsewhere"
                .formatted(authority));
    assertThat(desk.run("cat", "/c/three.txt").exitCode()).isNotZero();
  }

  @Test
  void keyThatIsForNoSource_isMisuse_andNothingIsAskedFor() throws IOException {
    String before = desk.good("remote", "list");
    String source = "https://source.example.org/a";
    assertThat(desk.run("remote", "add", source, "--source-profile", "elsewhere"))
        .isEqualTo(
            new Run(2, "", "consigne: no source is the link of a file at the account elsewhere\n"));
    String file = secret("key.txt", other.key());
    assertThat(desk.run("remote", "add", source, "--source-key", "a.example.org=" + file))
        .isEqualTo(new Run(2, "", "consigne: no source is the link of a file at a.example.org\n"));
    assertThat(desk.good("remote", "list")).isEqualTo(before);
  }

  @Test
  void twoKeysForOneHost_noKeyInAFile_andNoHost_areRefused() throws IOException {
    String link = link("four.txt");
    String file = secret("key.txt", other.key());
    Run two =
        desk.run(
            "remote",
            "add",
            link,
            "--source-profile",
            "elsewhere",
            "--source-key",
            authority + "=" + file);
    assertThat(two)
        .isEqualTo(new Run(2, "", "consigne: more than one key is given for " + authority + "\n"));
    String none = secret("none.txt", "this is no key");
    Run bad = desk.run("remote", "add", link, "--source-key", authority + "=" + none);
    assertThat(bad.exitCode()).isEqualTo(3);
    assertThat(bad.err())
        .contains("for " + authority + " holds no key")
        .doesNotContain("this is", "none.txt");
    assertThat(desk.run("remote", "add", link, "--source-key", none).exitCode()).isEqualTo(2);
  }

  @Test
  void keyInPlaceOfItsFile_isNotShown() {
    String key = "AbCdEfGhIjKlMnOpQrStUvWxYz012345";
    String link = "https://1fichier.com/?2zk52quqlm0cbjr93ri5";
    assertThat(desk.run("remote", "add", link, "--source-key", "1fichier.com=" + key))
        .isEqualTo(
            new Run(5, "", "consigne: the file of --source-key for 1fichier.com cannot be read\n"));
    Run ended = desk.run("remote", "add", link, "--source-key", key + "=");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).doesNotContainIgnoringCase(key);
  }

  @Test
  void fileThatOthersRead_isWarnedOf_andAPipeIsNot() throws Exception {
    String warning = "the file of --source-key for a.example.org can be read by others";
    Path open = Path.of(secret("open.txt", other.key()));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    String source = "https://source.example.org/a";
    assertThat(desk.run("remote", "add", source, "--source-key", "a.example.org=" + open).err())
        .contains(warning);
    Path pipe = desk.path("pipe");
    assertThat(new ProcessBuilder("mkfifo", "-m", "644", pipe.toString()).start().waitFor())
        .isZero();
    var writer = Thread.startVirtualThread(() -> write(pipe, other.key()));
    assertThat(desk.run("remote", "add", source, "--source-key", "a.example.org=" + pipe))
        .isEqualTo(new Run(2, "", "consigne: no source is the link of a file at a.example.org\n"));
    writer.join();
  }

  private static void write(Path pipe, String text) {
    try {
      Files.writeString(pipe, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void key_isNotSentInClear_norToWhatIsNoLink() throws IOException {
    String file = secret("key.txt", other.key());
    String link = "http://files.example.org/?2zk52quqlm0cbjr93ri5";
    assertThat(desk.run("remote", "add", link, "--source-key", "files.example.org=" + file))
        .isEqualTo(new Run(2, "", "consigne: a key is sent over https only: " + link + "\n"));
    String page = "https://files.example.org/page.html";
    assertThat(desk.run("remote", "add", page, "--source-key", "files.example.org=" + file))
        .isEqualTo(
            new Run(2, "", "consigne: no source is the link of a file at files.example.org\n"));
  }
}
