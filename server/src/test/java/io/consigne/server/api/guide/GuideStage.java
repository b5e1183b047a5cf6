package io.consigne.server.api.guide;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.consigne.core.accounts.Plan;
import io.consigne.core.keys.KeyWish;
import io.consigne.server.admin.AccountRequest;
import io.consigne.server.admin.KeyRequest;
import io.consigne.server.api.v1.TestHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real host, and the requests of somebody who has read an article. */
final class GuideStage implements AutoCloseable {
  static final String FORM = "application/x-www-form-urlencoded";
  static final String JSON = "application/json";
  static final String PARTS = "multipart/form-data; boundary=edge";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final TestHost host;
  private final HttpClient http = HttpClient.newHttpClient();

  GuideStage(Path folder) throws IOException {
    this(TestHost.sqlite(folder, false));
  }

  GuideStage(TestHost host) {
    this.host = host;
  }

  /** A new account's key. */
  String account(String name, String plan) {
    return host.administer(new AccountRequest.Add(name + "@example.org", Plan.valueOf(plan)));
  }

  /** A key of an account that sees one folder and may look at the account. */
  String confined(String name, String folder) {
    var wish = new KeyWish("room", List.of("read", "account"), folder, null, null, null);
    return host.administer(new KeyRequest.Add(name + "@example.org", wish));
  }

  void close(String name) {
    host.administer(new AccountRequest.Disable(name + "@example.org"));
  }

  String origin() {
    return host.origin();
  }

  static String[] bearer(String key) {
    return new String[] {"Authorization", "Bearer " + key};
  }

  static String coded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  Said get(String target, String... headers) {
    return send("GET", target, "", "", headers);
  }

  Said post(String target, String type, String body, String... headers) {
    return send("POST", target, type, body, headers);
  }

  /** Sends a request; the target may be a whole address. */
  Said send(String method, String target, String type, String body, String... headers) {
    String address = target.startsWith("http") ? target : host.origin() + target;
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(30));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    request.method(method, HttpRequest.BodyPublishers.ofString(body));
    try {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Said(answer.statusCode(), answer.headers(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(address, e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A body of several parts: each a field's name and value; the file is last. */
  static String parts(String fileField, String name, String content, String... fields) {
    var body = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      body.append(
          "--edge\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
              .formatted(fields[i], fields[i + 1]));
    }
    return body.append("--edge\r\nContent-Disposition: form-data; name=\"" + fileField + "\"")
        .append("; filename=\"" + name + "\"\r\n\r\n" + content + "\r\n--edge--\r\n")
        .toString();
  }

  /** Uploads a file by the guide and returns its link. */
  String upload(String key, String name, String content, String... fields) {
    Said said = post("/upload.cgi", PARTS, parts("file", name, content, fields), bearer(key));
    if (said.status() != 200) {
      throw new AssertionError(said.toString());
    }
    return said.json().path("url").asString();
  }

  /** Makes a folder and returns its id. */
  long folder(String key, String name) {
    return get("/folder/create.cgi?name=" + name, bearer(key)).json().path("folder_id").asLong();
  }

  @Override
  public void close() {
    http.close();
    host.close();
  }

  /** An answer. */
  record Said(int status, HttpHeaders headers, String text) {
    JsonNode json() {
      return MAPPER.readTree(text);
    }

    /** Status, word and message in one line. */
    String outcome() {
      JsonNode json = json();
      return "%d %s %s"
          .formatted(status, json.path("status").asString(), json.path("message").asString(""))
          .strip();
    }

    String header(String name) {
      return headers.firstValue(name).orElse("").toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return status + " " + text;
    }
  }
}
