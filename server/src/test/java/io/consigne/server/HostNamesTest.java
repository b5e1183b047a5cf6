package io.consigne.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.server.http.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The names that a host hands out, and the address that it believes a client to have. */
class HostNamesTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  private static final RunningHost.Choices PUBLIC =
      new RunningHost.Choices("https://files.example.org", List.of(), null);

  @TempDir Path data;

  @Test
  void publicUrl_isHandedOutWhateverTheRequestSays() throws IOException {
    var choices = new RunningHost.Choices("https://files.example.org", List.of(), null);
    try (var host = RunningHost.start(data, choices)) {
      assertThat(host.call("upload/get_upload_server.cgi", "{}").path("url").asString())
          .isEqualTo("files.example.org");
      String link = host.upload("a.txt", CONTENT);
      assertThat(link).matches("https://files\\.example\\.org/\\?[a-z0-9]{20}");
      assertThat(host.token(link)).matches("https://files\\.example\\.org/p[A-Za-z0-9]+");
    }
  }

  @Test
  void withoutPublicUrl_theRequestsHostIsHandedOut() throws IOException {
    try (var host = RunningHost.start(data, RunningHost.Choices.NONE)) {
      assertThat(host.token(host.upload("a.txt", CONTENT))).startsWith(host.url() + "/p");
    }
  }

  @Test
  void trustedProxy_speaksForItsClients() throws IOException {
    var choices = new RunningHost.Choices(null, List.of("127.0.0.1"), null);
    try (var host = RunningHost.start(data, choices)) {
      assertThat(
              host.call(
                      "upload/get_upload_server.cgi",
                      "{}",
                      "X-Forwarded-Host",
                      "files.example.org",
                      "X-Forwarded-Proto",
                      "https")
                  .path("url")
                  .asString())
          .isEqualTo("files.example.org");
    }
  }

  @Test
  void anybodyElse_doesNot() throws IOException {
    try (var host = RunningHost.start(data, RunningHost.Choices.NONE)) {
      assertThat(
              host.call(
                      "upload/get_upload_server.cgi", "{}", "X-Forwarded-Host", "evil.example.org")
                  .path("url")
                  .asString())
          .isEqualTo(host.url().substring("http://".length()));
    }
  }

  /** Under one of its names a link was fetched from this very host, or refused as not public. */
  @Test
  void linkUnderAnyOfItsNames_isCopied() throws IOException {
    var choices = new RunningHost.Choices("https://files.example.org", List.of("127.0.0.1"), null);
    try (var host = RunningHost.start(data, choices)) {
      String link = host.upload("a.txt", CONTENT);
      String id = link.substring(link.indexOf('?'));
      for (String origin :
          List.of(
              "https://files.example.org",
              "http://FILES.example.org:80",
              host.url(),
              "https://proxied.example.org")) {
        assertThat(copied(host, origin + "/" + id)).as(origin).isEqualTo("a.txt");
      }
      assertThat(host.call("file/ls.cgi", "{\"folder_id\":0}").path("items").size()).isEqualTo(5);
    }
  }

  private static String copied(RunningHost host, String url) {
    long request =
        host.call(
                "remote/request.cgi",
                "{\"urls\":[\"" + url + "\"]}",
                "X-Forwarded-Host",
                "proxied.example.org")
            .path("id")
            .asLong();
    String body = "{\"id\":" + request + "}";
    Supplier<JsonNode> fetch = () -> host.call("remote/info.cgi", body).path("fetches").path(0);
    await().until(() -> fetch.get().path("state").asString().matches("done|failed"));
    return fetch.get().path("filename").asString();
  }

  /** Tools of 1fichier take nothing but a whole address for where a form leads. */
  @Test
  void forms_leadToWholeAddresses_whereABrowserIsAtThePublicUrl() throws IOException {
    try (var host = RunningHost.start(data, PUBLIC)) {
      String link = host.upload("a.txt", CONTENT);
      String path = link.substring(link.indexOf("/?"));
      String docs = lockedFolder(host);
      String dir = docs.substring(docs.indexOf("/dir/"));
      String form = "<form method=\"post\" action=\"";
      assertThat(ask(host, "GET " + path, "files.example.org")).contains(form + link);
      assertThat(ask(host, "GET /en" + dir, "files.example.org")).contains(form + docs);
      assertThat(ask(host, "POST " + path, "files.example.org"))
          .contains("\r\nLocation: https://files.example.org/p");
    }
  }

  /** The policy of the page would keep its form from leading to another origin. */
  @Test
  void forms_leadToPaths_whereABrowserMayBeElsewhere() throws IOException {
    try (var host = RunningHost.start(data, PUBLIC)) {
      String link = host.upload("a.txt", CONTENT);
      String path = link.substring(link.indexOf("/?"));
      String form = "<form method=\"post\" action=\"";
      assertThat(ask(host, "GET " + path, "nas.example.org")).contains(form + path);
      assertThat(ask(host, "POST " + path, "nas.example.org")).contains("\r\nLocation: /p");
    }
  }

  private static String lockedFolder(RunningHost host) {
    long folder = host.call("folder/mkdir.cgi", "{\"name\":\"Docs\"}").path("folder_id").asLong();
    String share = "{\"folder_id\":" + folder + ",\"share\":1,\"pass\":\"secret6\"}";
    return host.call("folder/share.cgi", share).path("url").asString();
  }

  /** The answer to a request that names a host. */
  private static String ask(RunningHost host, String line, String name) throws IOException {
    try (var wire = new Wire(URI.create(host.url()).getPort())) {
      wire.send(line + " HTTP/1.1|Host: " + name + "|Connection: close|Content-Length: 0||");
      return new String(wire.rest(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void countryRule_isAskedOfTheTable() throws IOException {
    Path table =
        Files.writeString(
            data.resolve("countries.csv"), "127.0.0.0,127.0.0.0,FR\n127.0.0.1,127.0.0.1,BE\n");
    var choices = new RunningHost.Choices(null, List.of("127.0.0.1"), table);
    try (var host = RunningHost.start(data.resolve("host"), choices)) {
      String link = host.upload("a.txt", CONTENT);
      host.call("file/chattr.cgi", "{\"urls\":[\"" + link + "\"],\"acl\":{\"country\":[\"FR\"]}}");
      assertThat(stranger(host, link, "127.0.0.0")).isEqualTo(302);
      assertThat(stranger(host, link, "127.0.0.1")).isEqualTo(403);
      assertThat(stranger(host, link, "192.0.2.1")).isEqualTo(403);
    }
  }

  private static int stranger(RunningHost host, String link, String address) throws IOException {
    return host.send(
            HttpRequest.newBuilder(URI.create(link))
                .header("X-Forwarded-For", address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("submit=Download")))
        .statusCode();
  }
}
