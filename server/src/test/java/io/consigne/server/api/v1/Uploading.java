package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.api.v1.Talk.Said;
import java.io.ByteArrayOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Uploads, and what the account has afterwards, as its owner calls a host. */
final class Uploading implements AutoCloseable {
  static final String TYPE = "Content-Type: multipart/form-data; boundary=edge|";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Talk talk;
  private final String bearer;

  Uploading(WiredHost host, String email) {
    talk = new Talk(host.port());
    bearer = host.bearer(email);
  }

  /** The plain field of a body whose boundary is {@code edge}. */
  static String field(String name, String value) {
    return "--edge\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"\r\n\r\n"
        + value
        + "\r\n";
  }

  /** The beginning of a file, up to its content. */
  static String file(String name) {
    return "--edge\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\""
        + name
        + "\"\r\n\r\n";
  }

  /** The body of an upload of one file, with fields before it. */
  static byte[] body(String fields, String name, byte[] content) {
    var body = new ByteArrayOutputStream();
    body.writeBytes((fields + file(name)).getBytes(UTF_8));
    body.writeBytes(content);
    body.writeBytes("\r\n--edge--\r\n".getBytes(UTF_8));
    return body.toByteArray();
  }

  Said post(String type, byte[] body) {
    return talk.ask("POST /upload.cgi", type + bearer, body);
  }

  Said post(byte[] body) {
    return post(TYPE, body);
  }

  /** The one file that was just kept, as the report shows it. */
  JsonNode kept(Said posted) {
    assertThat(posted.status()).as("%s", posted).isEqualTo(302);
    Said report = ask("GET " + posted.header("Location").orElseThrow(), "JSON: 1|", "");
    return json(report).path("links").path(0);
  }

  /** Calls an endpoint of {@code /v1}. */
  Said call(String path, String json) {
    return ask("POST /v1/" + path, "Content-Type: application/json|", json);
  }

  /** Asks with the owner's key. */
  Said ask(String line, String headers, String body) {
    return talk.ask(line, headers + bearer, body);
  }

  static JsonNode json(Said said) {
    return JSON.readTree(said.text());
  }

  static String quoted(String text) {
    return JSON.writeValueAsString(text);
  }

  /** How many files the account has. */
  long files() {
    return json(call("file/ls.cgi", "{\"folder_id\":-1}")).path("count").asLong();
  }

  /** How many bytes they have. */
  long bytes() {
    return json(call("user/info.cgi", "{}")).path("cold_storage").asLong();
  }

  @Override
  public void close() {
    talk.close();
  }
}
