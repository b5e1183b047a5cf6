package io.consigne.server.api.v1;

import io.consigne.core.failure.Failure;
import io.consigne.server.http.Exchange;
import java.io.IOException;
import java.util.Optional;

/**
 * Why a password opens no page; said above the form that asks for it once more.
 *
 * @param refusal what a program would be told
 * @param text what a person is told
 */
record PasswordProblem(Refusal refusal, String text) {

  /** The problem, if the failure is about a password. */
  static Optional<PasswordProblem> of(Failure failure) {
    Refusal refusal = Refusal.of(failure);
    if (failure instanceof Failure.Locked) {
      String text = "Too many tries: again in " + refusal.retryAfterSeconds() + " s.";
      return Optional.of(new PasswordProblem(refusal, text));
    }
    boolean password =
        failure instanceof Failure.PasswordMissing || failure instanceof Failure.PasswordWrong;
    return password
        ? Optional.of(new PasswordProblem(refusal, failure.message()))
        : Optional.empty();
  }

  /** The text as part of a page. */
  String html() {
    return "<p class=\"error\">" + Html.text(text) + "</p>";
  }

  /** Sends the page with the form. */
  void send(Exchange exchange, String page) throws IOException {
    WebPage.retryAfter(exchange, refusal);
    WebPage.html(exchange, refusal.status(), page);
  }
}
