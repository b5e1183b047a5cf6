package io.consigne.server.api.v1;

import io.consigne.core.failure.Failure;
import io.consigne.server.http.Boundary;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.FormFields;
import io.consigne.server.http.HttpLimits;
import io.consigne.server.http.Multipart;
import io.consigne.server.http.MultipartLimits;
import io.consigne.server.limits.Gate;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Reads the form that a page or a script posts, in either of the two ways of posting one. */
final class WebForm {
  private static final MultipartLimits LIMITS =
      new MultipartLimits(HttpLimits.FORM_FIELDS, WireLimits.PART_HEADER_BYTES);

  private WebForm() {}

  /**
   * The fields of the body.
   *
   * @throws io.consigne.core.failure.FailureException {@code TooLarge}, {@code Invalid}
   * @throws io.consigne.server.http.MalformedBody if the body is not as its type says
   */
  static FormFields read(Exchange exchange, Gate gate) throws IOException {
    byte[] body = gate.body(exchange, WireLimits.FORM_BYTES + 1, WireLimits.BODY_TIME);
    if (body.length > WireLimits.FORM_BYTES) {
      throw new Failure.TooLarge("form", body.length, WireLimits.FORM_BYTES).asException();
    }
    String type = exchange.header("Content-Type").orElse("");
    return Boundary.isAnnouncedBy(type) ? parts(type, body) : FormFields.body(body);
  }

  private static FormFields parts(String type, byte[] body) throws IOException {
    var buffer = new byte[WireLimits.SMALL_UPLOAD_BUFFER_BYTES];
    var in = new ByteArrayInputStream(body);
    return FormFields.parts(
        new Multipart(in, Boundary.ofContentType(type), buffer, LIMITS), WireLimits.FORM_BYTES);
  }
}
