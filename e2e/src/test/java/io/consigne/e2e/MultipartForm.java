package io.consigne.e2e;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The body of an upload, as a browser sends it. */
public final class MultipartForm {
  /** What the request says of the body. */
  public static final String CONTENT_TYPE = "multipart/form-data; boundary=edge";

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /** Adds a plain field. */
  public MultipartForm field(String name, String value) {
    text("--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n");
    text(value + "\r\n");
    return this;
  }

  /** Adds a file. */
  public MultipartForm file(String name, byte[] content) {
    text("--edge\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\"" + name + "\"");
    text("\r\n\r\n");
    body.writeBytes(content);
    text("\r\n");
    return this;
  }

  /** The whole body. */
  public byte[] bytes() {
    text("--edge--\r\n");
    return body.toByteArray();
  }

  private void text(String text) {
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
