package io.consigne.server.api.v1;

import io.consigne.core.failure.Failure;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.FormFields;
import java.io.IOException;

/** Reads the form that a page or a script posts. */
final class WebForm {

  private WebForm() {}

  /**
   * The fields of the body.
   *
   * @throws io.consigne.core.failure.FailureException {@code TooLarge}, {@code Invalid}
   */
  static FormFields read(Exchange exchange) throws IOException {
    byte[] body = exchange.bodyBytes(WireLimits.FORM_BYTES + 1, WireLimits.BODY_TIME);
    if (body.length > WireLimits.FORM_BYTES) {
      throw new Failure.TooLarge("form", body.length, WireLimits.FORM_BYTES).asException();
    }
    return FormFields.body(body);
  }
}
