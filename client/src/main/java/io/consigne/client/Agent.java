package io.consigne.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What this client calls itself to hosts. */
final class Agent {
  /** Its name and version. */
  static final String NAME = "consigne-client/" + version();

  private Agent() {}

  /** What the build wrote down. */
  private static String version() {
    var properties = new Properties();
    try (InputStream text = Agent.class.getResourceAsStream("version.properties")) {
      if (text == null) {
        throw new IllegalStateException("not part of this build: version.properties");
      }
      properties.load(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }
}
