package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.api.v1.Talk.Said;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Public folders with many files, which once were made whole in memory before they were sent. */
class LargeFolderTest {
  private static final int FILES = 40;

  @TempDir Path folder;

  /** A page that is sent as a whole says how long it is. */
  @ParameterizedTest
  @ValueSource(strings = {"", "?e=1"})
  void folder_isSentPieceByPiece_toItsEnd(String form) throws IOException {
    try (var host = new WiredHost(folder)) {
      host.account("alice@example.org");
      try (var alice = new Uploading(host, "alice@example.org")) {
        String address = shared(alice);
        Said said = alice.ask("GET " + address + form, "", "");
        assertThat(said.header("Content-Length")).isEmpty();
        assertThat(said.header("Transfer-Encoding")).contains("chunked");
        for (int i = 0; i < FILES; i++) {
          assertThat(said.text()).containsOnlyOnce("file " + i + " ");
        }
        assertThat(said.text()).endsWith(form.isEmpty() ? "</body>\n</html>\n" : ";1\n");
      }
    }
  }

  @Test
  void folder_withMoreFilesThanAreSorted_isWhole_andItsSumAtTheEnd() throws IOException {
    try (var host = new WiredHost(folder)) {
      host.account("alice@example.org");
      try (var alice = new Uploading(host, "alice@example.org")) {
        long made = made(alice);
        int request = 500;
        int files = 12 * request;
        for (int i = 0; i < files; i += request) {
          var fields = new StringBuilder(Uploading.field("did", Long.toString(made)));
          for (int j = i; j < i + request - 1; j++) {
            fields.append(Uploading.file("file " + (files - j))).append("x\r\n");
          }
          String last = "file " + (files - i - request + 1);
          alice.kept(alice.post(Uploading.body(fields.toString(), last, "x".getBytes(UTF_8))));
        }
        String page = alice.ask("GET " + share(alice, made), "", "").text();
        assertThat(page.split(">file ", -1)).hasSize(files + 1);
        assertThat(page.indexOf(">file 6000<")).isLessThan(page.indexOf(">file 1<"));
        assertThat(page)
            .contains(">file 6000<", ">file 1<")
            .endsWith(
                "</table>\n<p class=\"note\">6000 files, 6.0 kB.</p>\n</main></body>\n</html>\n");
      }
    }
  }

  @Test
  void folderWithoutFiles_saysSo() throws IOException {
    try (var host = new WiredHost(folder)) {
      host.account("alice@example.org");
      try (var alice = new Uploading(host, "alice@example.org")) {
        String address = share(alice, made(alice));
        assertThat(alice.ask("GET " + address, "", "").text())
            .contains("<p class=\"note\">There are no files in this folder.</p>\n</main></body>");
        assertThat(alice.ask("GET " + address + "?e=1", "", "").text()).isEmpty();
      }
    }
  }

  private static String shared(Uploading alice) {
    long made = made(alice);
    for (int i = 0; i < FILES; i++) {
      String name = "file " + i + " " + "&".repeat(200);
      byte[] body =
          Uploading.body(Uploading.field("did", Long.toString(made)), name, "x".getBytes(UTF_8));
      alice.kept(alice.post(body));
    }
    return share(alice, made);
  }

  private static long made(Uploading alice) {
    Said said = alice.call("folder/mkdir.cgi", "{\"name\":\"Many\"}");
    return Uploading.json(said).path("folder_id").asLong();
  }

  private static String share(Uploading alice, long folder) {
    String said =
        alice.call("folder/share.cgi", "{\"folder_id\":" + folder + ",\"share\":1}").text();
    return said.replaceFirst("(?s).*(/dir/[0-9A-Za-z]+).*", "$1");
  }
}
