package io.consigne.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code consigne remote} against a real host, which fetches from itself, and else is refused. */
final class RemoteUploadCommandsTest extends OneDesk {
  /** Nobody fetches from this machine unless the operator allows it. */
  private static final String FORBIDDEN = "http://localhost/secret";

  private String link(String name) throws IOException {
    desk.good("put", desk.write(name, "bytes of " + name).toString(), "/sources/");
    return desk.good("link", "/sources/" + name).strip();
  }

  @Test
  void addUntilDone_endsWithTheResult_andTheFileIsThere() throws IOException {
    String link = link("one.txt");
    String said = desk.good("remote", "add", link, "--folder", "/new/films", "--wait");
    assertThat(said).startsWith("done ").contains(link);
    assertThat(desk.good("cat", "/new/films/one.txt")).isEqualTo("bytes of one.txt");
  }

  @Test
  void sourcesOfAFile_areTaken_withoutBlankLinesAndComments() throws IOException {
    String list =
        desk.write("list.txt", "# films\n" + link("two.txt") + "\n\n" + link("three.txt") + "\n")
            .toString();
    String id = desk.good("remote", "add", "--from", list, "--folder", "/both").strip();
    assertThat(desk.good("remote", "wait", id).lines())
        .hasSize(2)
        .allMatch(l -> l.startsWith("do"));
    assertThat(desk.good("ls", "/both").lines()).containsExactly("three.txt", "two.txt");
    List<String> listed = desk.good("remote", "list", "--last=1").lines().toList();
    assertThat(listed.getFirst())
        .isEqualTo("  NUMBER  STATE       DONE        SIZE         SPEED       ETA  FILE");
    assertThat(listed.get(1))
        .isEqualTo(
            "%8s  done       100 %%        16 B             -         -  two.txt".formatted(id));
    assertThat(desk.good("remote", "list", "--json"))
        .contains("\"id\":" + id + ",\"requested\":\"", "\"name\":\"two.txt\"", "\"totalBytes\":");
  }

  @Test
  void nameThatIsTaken_isSaid() throws IOException {
    String link = link("taken.txt");
    desk.good("remote", "add", link, "--folder", "/twice", "--wait");
    Run again = desk.run("remote", "add", link, "--folder", "/twice", "--wait");
    assertThat(again.exitCode()).isZero();
    assertThat(again.err()).contains("2 files are called /twice/taken.txt now");
    assertThat(again.out()).startsWith("done ").contains("  as taken.txt  http");
  }

  @Test
  void list_tellsWhyASourceFailed_andWhatItDoesNotShow() {
    String id = desk.good("remote", "add", FORBIDDEN).strip();
    desk.run("remote", "wait", id);
    desk.good("remote", "add", FORBIDDEN);
    assertThat(desk.good("remote", "list"))
        .contains(
            id + "  failed         -           -             -         -  " + FORBIDDEN + ": ");
    assertThat(desk.run("remote", "list", "--last", "1").err())
        .containsPattern("[0-9]+ older requests? (is|are) not shown; --last [0-9]+ shows all");
  }

  @Test
  void someThatFailed_arePartial_andAllThatFailed_areAFailure() throws IOException {
    Run some = desk.run("remote", "add", link("four.txt"), FORBIDDEN, "--wait");
    assertThat(some.exitCode()).as(some.toString()).isEqualTo(8);
    assertThat(some.out()).contains("failed ").contains("does not fetch from localhost");
    assertThat(desk.run("remote", "add", FORBIDDEN, "--wait").exitCode()).isEqualTo(1);
  }

  @Test
  void status_retry_andCancel_tellWhatTheyDid() {
    String id = desk.good("remote", "add", FORBIDDEN).strip();
    desk.run("remote", "wait", id);
    assertThat(desk.good("remote", "status", id, "--json"))
        .contains("\"state\":\"failed\"", "\"url\":\"" + FORBIDDEN + "\"");
    assertThat(desk.run("remote", "cancel", id).exitCode()).isEqualTo(6);
    assertThat(desk.good("remote", "retry", id, "--json")).contains("\"fetches\":1");
    assertThat(desk.run("remote", "status", "999999").exitCode()).isEqualTo(5);
  }

  /** Once the first request with nothing to do kept the others from being looked at. */
  @Test
  void severalRequests_areEachCalledOff_orAskedForAgain() throws IOException {
    String done = desk.good("remote", "add", link("five.txt")).strip();
    String failed = desk.good("remote", "add", FORBIDDEN).strip();
    desk.run("remote", "wait", done, failed);
    Run retry = desk.run("remote", "retry", done, failed, "--json");
    assertThat(retry.exitCode()).as(retry.toString()).isEqualTo(8);
    assertThat(retry.out()).contains("{\"id\":" + done + ",\"kind\":\"conflict\",\"message\":");
    assertThat(retry.out()).contains("\"id\":" + failed + ",\"fetches\":1}");
    assertThat(retry.err()).contains("request " + done + ": ");
    desk.run("remote", "wait", failed);
    Run cancel = desk.run("remote", "cancel", done, failed, "999999");
    assertThat(cancel.exitCode()).as(cancel.toString()).isEqualTo(6);
    assertThat(cancel.err().lines().filter(line -> line.startsWith("consigne: request ")))
        .hasSize(3);
  }

  /** What was known of the others was lost, also after hours of waiting. */
  @Test
  void severalRequests_areTold_whateverOneOfThemIs() throws IOException {
    String one = desk.good("remote", "add", link("seven.txt")).strip();
    String two = desk.good("remote", "add", link("eight.txt")).strip();
    for (String command : List.of("wait", "status")) {
      Run run = desk.run("remote", command, one, "999999", two);
      assertThat(run.exitCode()).as(run.toString()).isEqualTo(8);
      assertThat(run.out().lines()).hasSize(2).allMatch(line -> line.startsWith("done "));
      assertThat(run.err()).startsWith("consigne: request 999999: the host refused: ");
      Run json = desk.run("remote", command, one, "999999", two, "--json");
      assertThat(json.out())
          .contains("\"data\":[{\"id\":" + one + ",\"ended\":true,")
          .contains("{\"id\":999999,\"kind\":\"not-found\",\"message\":\"")
          .contains("{\"id\":" + two + ",\"ended\":true,")
          .contains("\"error\":{\"kind\":\"partial\",\"exit\":8,");
    }
    assertThat(desk.run("remote", "wait", "999998", "999999").exitCode()).isEqualTo(5);
    Run many = desk.run("remote", "status", "91", "92", "93", "94", "95", "96", one);
    assertThat(many.exitCode()).isEqualTo(5);
    assertThat(many.err().lines()).hasSize(6).last().asString().contains(" 2 requests not tried");
  }

  /** As editors of Windows write it, and as one that knows no UTF-8 does. */
  @Test
  void lists_mayBeginWithAByteOrderMark_andNeedNotBeUtf8() throws IOException {
    var list = new ByteArrayOutputStream();
    list.writeBytes(("\uFEFF" + link("six.txt") + "\r\n# caf").getBytes(UTF_8));
    list.writeBytes(new byte[] {(byte) 0xe9, '\n'});
    Path file = Files.write(desk.write("marked.txt", ""), list.toByteArray());
    String headers = desk.write("marked-headers.txt", "\uFEFFX-One: 1\n").toString();
    desk.good(
        "remote",
        "add",
        "--from",
        file.toString(),
        "--header-file",
        headers,
        "--folder",
        "/marked",
        "--wait");
    assertThat(desk.good("cat", "/marked/six.txt")).isEqualTo("bytes of six.txt");
    desk.typing(list.toString(UTF_8)).run("remote", "add", "-", "--folder", "/again", "--wait");
    assertThat(desk.good("cat", "/again/six.txt")).isEqualTo("bytes of six.txt");
  }

  @Test
  void headers_comeFromAFile_andAreNowherePrinted() throws IOException {
    String file = desk.write("headers.txt", "Cookie: hush\n\nX-One: hush\n").toString();
    Run run =
        desk.run("remote", "add", FORBIDDEN, "--header-file", file, "--header", "A:hush", "--wait");
    assertThat(run.out() + run.err()).doesNotContain("hush");
    assertThat(desk.run("remote", "add", FORBIDDEN, "--header", "hush"))
        .isEqualTo(
            new Run(
                2,
                "",
                "consigne: --header 1: a header must be like Referer: https://example.org/\n"));
    String wrong = desk.write("wrong.txt", "Cookie: a\n\nhush\n").toString();
    assertThat(desk.run("remote", "add", FORBIDDEN, "--header-file", wrong).err())
        .isEqualTo(
            "consigne: " + wrong + ":3: a header must be like Referer: https://example.org/\n");
  }

  /** The host takes each once: the first was dropped, and nobody told. */
  @Test
  void headerThatIsThereTwice_isMisuse() {
    Run run =
        desk.run("remote", "add", FORBIDDEN, "--header", "Cookie: a", "--header", "cookie: hush");
    assertThat(run).isEqualTo(new Run(2, "", "consigne: --header 2: cookie is there twice\n"));
  }

  @Test
  void nothingToFetch_isMisuse() {
    assertThat(desk.run("remote", "add").exitCode()).isEqualTo(2);
    assertThat(desk.run("remote").exitCode()).isEqualTo(2);
    assertThat(
            desk.run("remote", "add", FORBIDDEN, "--folder", "https://1fichier.com/?abcdefghij")
                .exitCode())
        .isEqualTo(2);
  }
}
