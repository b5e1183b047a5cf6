package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.api.v1.Talk.Said;
import io.consigne.server.http.MediaTypes;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No content ever runs as a page of the host: what could run is saved and not shown, under a type
 * that says nothing; what is shown cannot run; and everything is in a sandbox.
 */
class HostileContentTest extends OneUploader {
  private static final String SCRIPT =
      "<html><svg xmlns='http://www.w3.org/2000/svg'"
          + " onload='alert(1)'><script>alert(document.domain)</script></svg></html>";

  /** Every way to ask for a file to be shown; the tokens of before end with the attribute. */
  private List<Said> shown(String name) {
    byte[] body = Uploading.body("", name, SCRIPT.getBytes(UTF_8));
    String url = alice.kept(alice.post(body)).path("download").asString();
    String link = Uploading.quoted(url);
    String token = path("download/get_token.cgi", "{\"url\":" + link + ",\"inline\":1}");
    var all = new ArrayList<Said>();
    all.add(alice.ask("GET " + token, "", ""));
    all.add(alice.ask("GET " + token + "?inline", "", ""));
    all.add(alice.ask("GET " + token, "Range: bytes=0-5|", ""));
    all.add(alice.ask("HEAD " + token, "", ""));
    alice.call("file/chattr.cgi", "{\"urls\":[" + link + "],\"inline\":1}");
    ended(alice.ask("GET " + token, "", ""));
    String attributed = path("download/get_token.cgi", "{\"url\":" + link + "}");
    all.add(alice.ask("GET " + attributed + "?inline&x.html", "Accept: text/html|", ""));
    String page = "GET /" + url.substring(url.indexOf('?')) + "&auth=1&inline";
    String location = alice.ask(page, "", "").header("Location").orElseThrow();
    all.add(alice.ask("GET " + URI.create(location).getPath(), "", ""));
    return all;
  }

  /** A page of the host, without the file. */
  private static void ended(Said said) {
    assertThat(said.status()).isEqualTo(404);
    assertThat(said.text()).doesNotContain("<script");
    assertThat(said.header("Content-Type")).contains("text/html;charset=utf-8");
  }

  private String path(String endpoint, String json) {
    Said said = alice.call(endpoint, json);
    return URI.create(Uploading.json(said).path("url").asString()).getPath();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.html",
        "a.HTM",
        "a.xhtml",
        "a.xht",
        "a.svg",
        "a.SVGZ",
        "a.xml",
        "a.xsl",
        "a.pdf",
        "a.js",
        "a.mjs",
        "a.css",
        "a.swf",
        "a.eml",
        "a.mht",
        "a.json",
        "a.map",
        "a.md",
        "a.txt.html",
        "a.png.svg",
        "a.jpg .html",
        "a.html.",
        "a",
        ".html",
        "html",
        "a.shtml",
        "a.htc",
        "a.vtt",
        "a.csv",
        "a.ics",
        "a.wasm",
        "a.jar",
        "a.exe",
        "a\u202Egnp.svg",
        "a.html%00.png.htm",
        "a.gif;.html",
        "a.url",
        "a.webmanifest",
        "a.rss",
        "a.atom",
        "a.mathml",
        "a.unknown"
      })
  void content_thatCouldRun_isOnlyEverSaved(String name) {
    for (Said said : shown(name)) {
      assertThat(said.header("Content-Disposition").orElseThrow()).startsWith("attachment;");
      assertThat(said.header("Content-Type")).contains("application/octet-stream");
      inSandbox(said);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a.png, image/png",
    "a.html.jpg, image/jpeg",
    "a.mp4, video/mp4",
    "a.mp3, audio/mpeg",
    "a.txt, text/plain",
    "a.html.txt, text/plain",
    "a.webp, image/webp"
  })
  void content_thatCannotRun_isShownInASandbox(String name, String type) {
    for (Said said : shown(name)) {
      assertThat(said.header("Content-Disposition").orElseThrow()).startsWith("inline;");
      assertThat(said.header("Content-Type").orElseThrow()).startsWith(type);
      inSandbox(said);
    }
  }

  /** Any text with these letters in it was taken for the parameter. */
  @Test
  void content_isShown_ifThatIsAskedForAlone() {
    byte[] body = Uploading.body("", "a.png", SCRIPT.getBytes(UTF_8));
    String url = alice.kept(alice.post(body)).path("download").asString();
    String token = path("download/get_token.cgi", "{\"url\":" + Uploading.quoted(url) + "}");
    for (String query : List.of("", "?x=inline", "?offline=1&inlined", "?%zz")) {
      assertThat(alice.ask("GET " + token + query, "", "").header("Content-Disposition"))
          .as(query)
          .hasValueSatisfying(value -> assertThat(value).startsWith("attachment;"));
    }
    for (String query : List.of("?inline", "?inline=1", "?x=1&inline")) {
      assertThat(alice.ask("GET " + token + query, "", "").header("Content-Disposition"))
          .as(query)
          .hasValueSatisfying(value -> assertThat(value).startsWith("inline;"));
    }
  }

  private static void inSandbox(Said said) {
    assertThat(said.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(said.header("Referrer-Policy")).contains("no-referrer");
    assertThat(said.header("Content-Encoding")).isEmpty();
    assertThat(said.header("Set-Cookie")).isEmpty();
    assertThat(said.header("Access-Control-Allow-Origin")).isEmpty();
    String policy = said.header("Content-Security-Policy").orElseThrow();
    assertThat(policy).contains("default-src 'none'").doesNotContain("script", "allow-");
    assertThat(said.status()).isBetween(200, 206);
    assertThat(policy).startsWith("sandbox; default-src 'none';");
  }

  /** The table of what is shown, so that a further type is a decision. */
  @Test
  void types_thatAreShown_arePicturesSoundFilmAndPlainText() {
    Set<String> kinds = Set.of("image", "audio", "video");
    for (String name : List.of("a.png", "a.gif", "a.avif", "a.ico", "a.tiff", "a.psd", "a.ts")) {
      String type = MediaTypes.of(name);
      assertThat(kinds).contains(type.substring(0, type.indexOf('/')));
      assertThat(type).doesNotContain("xml");
    }
  }

  /** The pages of the host itself: nothing runs, nothing is loaded, nobody frames them. */
  @Test
  void pages_ofTheHost_runNothing() {
    byte[] body = Uploading.body("", "<script>alert(1)<script>.html", SCRIPT.getBytes(UTF_8));
    Said posted = alice.post(body);
    String report = posted.header("Location").orElseThrow();
    String url = alice.kept(posted).path("download").asString();
    String made =
        alice.call("folder/share.cgi", "{\"folder_id\":" + folder() + ",\"share\":1}").text();
    String dir = made.replaceFirst("(?s).*(/dir/[0-9A-Za-z]+).*", "$1");
    for (String target :
        List.of(
            "/", "/" + url.substring(url.indexOf('?')), report, dir, "/nothing", "/dir/nothing")) {
      Said page = alice.ask("GET " + target, "", "").harmless();
      assertThat(page.header("Content-Type")).contains("text/html;charset=utf-8");
      assertThat(page.header("Content-Security-Policy").orElseThrow())
          .matches(
              "default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]+'; form-action 'self'; base-uri"
                  + " 'none'; frame-ancestors 'none'");
      assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
      assertThat(page.header("Referrer-Policy")).contains("no-referrer");
      assertThat(page.text())
          .doesNotContainPattern("(?i)<script|<iframe|<object|<embed|<link|javascript:| on[a-z]+=")
          .doesNotContainPattern("(?i) style=")
          .contains("<style>");
    }
  }

  private long folder() {
    Said said = alice.call("folder/mkdir.cgi", "{\"name\":\"<b>folder<b>\"}");
    return Uploading.json(said).path("folder_id").asLong();
  }
}
