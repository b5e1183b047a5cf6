package io.consigne.server.mail;

import io.consigne.core.ids.Loopback;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The operator's mail server.
 *
 * @param url {@code smtp://host:port}, or {@code smtps://host:port} for TLS from the first byte
 * @param from who sends
 * @param userOrNull who logs in, null for nobody
 * @param passwordOrNull with which password, null for none
 */
public record MailServer(
    URI url, String from, @Nullable String userOrNull, @Nullable String passwordOrNull) {
  private static final int SMTP = 587;
  private static final int SMTPS = 465;

  String host() {
    return url.getHost();
  }

  int port() {
    return url.getPort() > 0 ? url.getPort() : isSecure() ? SMTPS : SMTP;
  }

  boolean isSecure() {
    return url.getScheme().equals("smtps");
  }

  /** Whether nothing that is sent to it leaves this machine. */
  boolean isHere() {
    return Loopback.is(host());
  }

  /** No password. */
  @Override
  public String toString() {
    return "MailServer[" + url + "]";
  }
}
