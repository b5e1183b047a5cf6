package io.consigne.server.api.v1;

import io.consigne.core.failure.Failure;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.FormFields;
import io.consigne.server.limits.Gate;
import java.io.IOException;

/** Reads the form that a page or a script posts. */
final class WebForm {

  private WebForm() {}

  /**
   * The fields of the body.
   *
   * @throws io.consigne.core.failure.FailureException {@code TooLarge}, {@code Invalid}
   */
  static FormFields read(Exchange exchange, Gate gate) throws IOException {
    byte[] body = gate.body(exchange, WireLimits.FORM_BYTES + 1, WireLimits.BODY_TIME);
    if (body.length > WireLimits.FORM_BYTES) {
      throw new Failure.TooLarge("form", body.length, WireLimits.FORM_BYTES).asException();
    }
    return FormFields.body(body);
  }
}
