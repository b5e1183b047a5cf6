package io.consigne.server.config;

import java.io.Serial;

/** What the operator gave cannot be used; the message names the option, its source and value. */
public final class ConfigException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public ConfigException(String message) {
    super(message);
  }
}
