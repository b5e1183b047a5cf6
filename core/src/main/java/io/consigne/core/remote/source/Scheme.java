package io.consigne.core.remote.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a source is spoken to. */
public enum Scheme {
  HTTP(80),
  HTTPS(443),
  FTP(21),
  FTPS(990);

  private final int defaultPort;

  Scheme(int defaultPort) {
    this.defaultPort = defaultPort;
  }

  /** The scheme of this name, in any case. */
  static Optional<Scheme> named(String name) {
    return Arrays.stream(values()).filter(it -> it.name().equalsIgnoreCase(name)).findFirst();
  }

  /** The port of an address that names none. */
  public int defaultPort() {
    return defaultPort;
  }

  /** Whether this is http or https: one family, within which a source may redirect. */
  public boolean isWeb() {
    return this == HTTP || this == HTTPS;
  }

  /** Whether it is spoken over TLS. */
  public boolean isSecure() {
    return this == HTTPS || this == FTPS;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
