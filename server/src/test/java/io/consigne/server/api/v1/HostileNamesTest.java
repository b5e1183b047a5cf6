package io.consigne.server.api.v1;

import static io.consigne.server.api.v1.Uploading.quoted;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.api.v1.Talk.Said;
import java.net.URI;
import java.net.URLDecoder;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/**
 * Names that are made to escape: each is refused, or kept as it is to the byte, and comes out of
 * every answer as a name and nothing else.
 */
@Timeout(120)
class HostileNamesTest extends OneUploader {
  static final List<String> KEPT =
      List.of(
          "\uD83C\uDF89 Zażółć 日本語.txt",
          "\u202Egpj.exe",
          "\u2066\u2067\u200F\u200E.txt",
          " led and trailed ",
          ".hidden",
          "...",
          "....",
          " ",
          "   ",
          ". .",
          ".. ",
          " ..",
          "\u00a0",
          "\u3000",
          "\u200b",
          "\u202e\u2066\u202c",
          "..a",
          "a..",
          "C:\\Windows\\..\\x.txt",
          "..\\..\\etc\\passwd",
          "%2e%2e%2fetc%2fpasswd",
          "%00.txt",
          "a%0d%0aX-Injected: b",
          "<script>alert(1)<script>.html",
          "\"><img src=x onerror=alert(1)>",
          "'; DROP TABLE files; --",
          "{{7*7}}${7*7}<%= 7*7 %>",
          "a;b=c;filename=d.txt",
          "a\"b\\c\\\"d",
          "a\u0085b\u2028c\u2029d",
          "\uFEFFbom.txt",
          "e\u0301.txt",
          "\u00e9.txt",
          "NUL",
          "con.txt",
          "a:b|c?d*e",
          "\u0080\u009f.txt",
          "\uFFFD\uFFFE.txt",
          "x".repeat(256),
          "\uD83C\uDF89".repeat(256),
          "file[]",
          "--edge--");

  static final List<String> REFUSED =
      List.of(
          "../x",
          "..",
          ".",
          "/etc/passwd",
          "a/b",
          "a/",
          "a\u0000b",
          "a\nb",
          "a\rb",
          "a\r\nX-Injected: b",
          "a\tb",
          "a\u001bb",
          "a\u007fb",
          "x".repeat(257),
          "x".repeat(300),
          "\uD83C\uDF89".repeat(257),
          "\uD83C\uDF89".repeat(300));

  private static String escaped(String name) {
    return name.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  @ParameterizedTest
  @FieldSource("KEPT")
  void name_thatIsOne_isKeptToTheByteAndNeverMoreThanAName(String name) {
    JsonNode kept =
        alice.kept(alice.post(Uploading.body("", escaped(name), "text".getBytes(UTF_8))));
    assertThat(kept.path("filename").asString()).isEqualTo(name);
    String url = kept.path("download").asString();
    assertThat(info(url)).isEqualTo(name);
    download(url, name, "attachment");
    download(url, name, "inline");
    pages(url, name);
  }

  private String info(String url) {
    Said said = alice.call("file/info.cgi", "{\"url\":" + quoted(url) + "}");
    return Uploading.json(said).path("filename").asString();
  }

  private void download(String url, String name, String disposition) {
    String inline = disposition.equals("inline") ? ",\"inline\":1}" : "}";
    Said token = alice.call("download/get_token.cgi", "{\"url\":" + quoted(url) + inline);
    String path = URI.create(Uploading.json(token).path("url").asString()).getPath();
    Said said = alice.ask("GET " + path, "", "");
    assertThat(said.text()).isEqualTo("text");
    assertThat(said.head().lines())
        .allMatch(line -> line.matches("HTTP/1.1 200 |[A-Za-z-]+: [\\x20-\\x7e]+"));
    assertThat(said.header("X-Injected")).isEmpty();
    assertThat(fileName(said.header("Content-Disposition").orElseThrow())).isEqualTo(name);
  }

  /** The name as RFC 6266 has a client read it. */
  private static String fileName(String header) {
    Matcher both =
        Pattern.compile(
                "(?:attachment|inline); filename=\"([^\"\\\\]*)\"(?:; filename\\*=UTF-8''(.*))?")
            .matcher(header);
    assertThat(both.matches()).as(header).isTrue();
    String extended = both.group(2);
    return extended == null
        ? both.group(1)
        : URLDecoder.decode(extended.replace("+", "%2B"), UTF_8);
  }

  /** In pages the name is text, in lines it is one field of one line. */
  private void pages(String url, String name) {
    String query = url.substring(url.indexOf('?'));
    Said page = alice.ask("GET /" + query, "", "").harmless();
    assertThat(page.text()).contains("<h1><bdi>" + Html.text(name) + "</bdi></h1>");
    assertThat(page.text()).doesNotContain("<script", "<img");
    Said line = alice.ask("GET /" + query + "&auth=1&e=1", "", "");
    assertThat(line.text().strip().split("\n", -1)).hasSize(1);
    assertThat(line.text()).endsWith(";" + name.replace(';', '；') + ";4\n");
  }

  @ParameterizedTest
  @FieldSource("KEPT")
  void name_thatIsOne_canBeGivenToFilesAndFolders(String name) {
    String url =
        alice.kept(alice.post(Uploading.body("", "a", new byte[1]))).path("download").asString();
    for (String[] call : renames(url, name)) {
      Said said = alice.call(call[0], call[1]).harmless();
      assertThat(said.status()).as("%s: %s", call[0], said).isIn(200, 409);
    }
    assertThat(info(url)).isEqualTo(name);
    boolean fits = name.codePointCount(0, name.length()) <= 250;
    Said made = alice.call("folder/mkdir.cgi", "{\"name\":" + quoted(name) + "}");
    assertThat(made.harmless().status()).isEqualTo(fits ? 200 : 400);
  }

  private static List<String[]> renames(String url, String name) {
    String link = quoted(url);
    String text = quoted(name);
    return List.of(
        new String[] {
          "file/rename.cgi", "{\"urls\":[{\"url\":" + link + ",\"filename\":" + text + "}]}"
        },
        new String[] {"file/chattr.cgi", "{\"urls\":[" + link + "],\"filename\":" + text + "}"},
        new String[] {
          "file/mv.cgi",
          "{\"urls\":[" + link + "],\"destination_folder_id\":0,\"rename\":" + text + "}"
        },
        new String[] {"file/cp.cgi", "{\"urls\":[" + link + "],\"rename\":" + text + "}"});
  }

  @ParameterizedTest
  @FieldSource("REFUSED")
  void name_thatIsNone_isRefusedByEveryCall(String name) {
    String url =
        alice.kept(alice.post(Uploading.body("", "a", new byte[1]))).path("download").asString();
    long files = alice.files();
    for (String[] call : renames(url, name)) {
      refused(alice.call(call[0], call[1]));
    }
    refused(alice.call("folder/mkdir.cgi", "{\"name\":" + quoted(name) + "}"));
    refused(alice.call("file/info.cgi", "{\"folder_id\":0,\"filename\":" + quoted(name) + "}"));
    assertThat(info(url)).isEqualTo("a");
    assertThat(alice.files()).isEqualTo(files);
  }

  @ParameterizedTest
  @FieldSource("REFUSED")
  void name_thatIsNone_isRefusedInAnUpload(String name) {
    long files = alice.files();
    Said said = alice.post(Uploading.body("", escaped(name), new byte[10])).harmless();
    assertThat(said.status()).as("%s", said).isEqualTo(400);
    assertThat(said.text())
        .containsAnyOf("name must", "Not a header", "headers of a part", "Closing quote");
    assertThat(said.header("X-Injected")).isEmpty();
    assertThat(alice.files()).isEqualTo(files);
  }

  private static void refused(Said said) {
    assertThat(said.harmless().status()).as("%s", said).isEqualTo(400);
    assertThat(said.text()).contains("\"message\":\"name must ");
    assertThat(said.header("X-Injected")).isEmpty();
  }

  @Test
  void name_thatIsNotUtf8_isRefused() {
    byte[] body = new String(Uploading.body("", "\u00e9", new byte[1]), UTF_8).getBytes(ISO_8859_1);
    Said said = alice.post(body).harmless();
    assertThat(said.status()).isEqualTo(400);
    assertThat(said.text()).contains("The headers of a part: not UTF-8");
  }

  /** Whatever a request says is told back as text, within the length that was announced. */
  @ParameterizedTest
  @FieldSource("KEPT")
  void anything_thatIsEchoed_isText(String text) {
    String percent = java.net.URLEncoder.encode(text, UTF_8);
    Said links = alice.ask("GET /check_links.pl?links[]=" + percent, "", "").harmless();
    assertThat(links.text().strip().split("\n", -1)).hasSize(1);
    for (String line :
        List.of(
            "GET /" + percent,
            "GET /dir/" + percent,
            "GET /p" + percent,
            "GET /remove/a/" + percent,
            "GET /end.pl?xid=" + percent,
            "GET /?" + percent,
            "POST /upload.cgi?id=" + percent)) {
      Said said = alice.ask(line, Uploading.TYPE, "");
      assertThat(said.header("X-Injected")).isEmpty();
      boolean page = said.header("Content-Type").orElse("").startsWith("text/html");
      assertThat(page && said.text().contains("<script")).isFalse();
      assertThat(page && said.text().contains("<img")).isFalse();
      assertThat(said.head()).matches("(?s)HTTP/1.1 [0-9]{3} [\\x20-\\x7e\r\n]*");
    }
  }
}
