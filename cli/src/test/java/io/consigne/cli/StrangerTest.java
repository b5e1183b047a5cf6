package io.consigne.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.cli.talk.Surroundings;
import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Answering;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.StandIn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody without any account, and what is open to everybody. */
final class StrangerTest extends OneDesk {
  private String folder = "";
  private String locked = "";
  private String link = "";

  @BeforeAll
  void share() {
    desk.typing("a").good("put", "-", "/open/a.txt");
    desk.typing("bc").good("put", "-", "/open/in/b.txt");
    desk.typing("s").good("put", "-", "/locked/s.txt");
    folder = desk.good("share", "/open", "--below").strip();
    locked = desk.typing("secret6\n").good("share", "--ask-password", "/locked").strip();
    link = desk.good("link", "/open/a.txt").strip();
    desk.environment().remove("CONSIGNE_API_KEY");
    desk.environment().remove("CONSIGNE_URL");
  }

  /** It said that no account is known, while ls showed what is there. */
  @Test
  void publicFolder_isDownloaded() {
    Path got = desk.path("got");
    Run run = desk.run("get", "-r", folder, got.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).doesNotContain("not verified");
    assertThat(got.resolve("a.txt")).hasContent("a");
    assertThat(got.resolve("in/b.txt")).hasContent("bc");
  }

  @Test
  void folderWithAPassword_isDownloadedWithIt() {
    Path got = desk.path("unlocked");
    assertThat(desk.run("get", "-r", locked, got.toString()).exitCode()).isEqualTo(4);
    desk.environment().put("CONSIGNE_PASSWORD", "secret6");
    try {
      desk.good("get", "-r", locked, got.toString());
    } finally {
      desk.environment().remove("CONSIGNE_PASSWORD");
    }
    assertThat(got.resolve("s.txt")).hasContent("s");
  }

  @Test
  void link_isLookedAtAndRead() {
    assertThat(desk.good("cat", link)).isEqualTo("a");
    assertThat(desk.good("stat", link)).contains("a.txt", "sha256");
    assertThat(desk.good("ls", link)).isEqualTo("a.txt\n");
    Path got = desk.path("one.txt");
    desk.good("get", link, got.toString());
    assertThat(got).hasContent("a");
  }

  @Test
  void filesOf1fichier_wantAnAccount() {
    for (String address : new String[] {"dir/CiLKCBI7", "?2zk52quqlm0cbjr93ri5"}) {
      String web = "https://1fichier.com/" + address;
      Run run = desk.run("get", "-r", web, desk.path("none").toString());
      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(run.err())
          .isEqualTo(
              """
              consigne: no account of 1fichier.com is known, and without one it gives files to \
              people at its pages alone; "consigne login" adds one; "consigne ls" shows a public \
              folder without
              """);
    }
  }

  /** What answers as 1fichier.com does, whatever it is called. */
  @Test
  void hostThatWantsAPerson_isNamedSo(@TempDir Path home) throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      Path file = desk.write("p.txt", "p");
      assertThat(Run.against(host, home, "put", file.toString(), "/open/").exitCode()).isZero();
      String address = Run.against(host, home, "share", "/open").out().strip();
      String near = address.replaceFirst("https?://[^/]*", host.url().toString());
      var out = new ByteArrayOutputStream();
      var around =
          new Surroundings(
              Map.of("HOME", home.resolve("elsewhere").toString()),
              InputStream.nullInputStream(),
              out,
              false,
              false);
      Run run = Run.within(around, out, "get", "-r", near, home.resolve("got").toString());
      assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
      assertThat(run.err())
          .contains("the host gives this file to accounts, and else to people at its page alone");
      assertThat(host.failures()).isEmpty();
    }
  }

  /** It ended in an overflow of the stack, after as many requests as that takes. */
  @Test
  void foldersWithoutEnd_areGivenUp(@TempDir Path home) throws IOException {
    var next = new AtomicLong();
    Answering endless =
        _ -> {
          String inside =
              "{\"files\":[],\"sub_folders\":[{\"id\":%d,\"name\":\"x\"}]}"
                  .formatted(next.incrementAndGet());
          return new Reply(200, "application/json", Map.of(), inside.getBytes(UTF_8));
        };
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE, _ -> endless)) {
      String address = host.url() + "/dir/AbCdEfGhIjKl";
      Run run = Run.against(host, home, "ls", "-R", address);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .isEqualTo(
              "consigne: the host shows more than 1,000 folders, each in the one before: %s%n"
                  .formatted(address));
    }
  }
}
