package io.consigne.server;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;

/** The body of an upload: plain fields as name and value in turn, then one file. */
final class UploadBody {
  private UploadBody() {}

  static HttpRequest.Builder of(
      HttpRequest.Builder request, String name, byte[] content, String... fields) {
    var body = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      text(body, "--edge\r\nContent-Disposition: form-data; name=\"" + fields[i] + "\"\r\n\r\n");
      text(body, fields[i + 1] + "\r\n");
    }
    text(
        body,
        "--edge\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\""
            + name
            + "\"\r\n\r\n");
    body.writeBytes(content);
    text(body, "\r\n--edge--\r\n");
    return request
        .header("Content-Type", "multipart/form-data; boundary=edge")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
  }

  private static void text(ByteArrayOutputStream body, String text) {
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
