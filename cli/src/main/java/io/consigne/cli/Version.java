package io.consigne.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * Which program this is.
 *
 * @param commit twelve digits, with {@code -dirty} if the sources differed from it; or {@code
 *     unknown}
 * @param java the release of Java that it needs
 */
record Version(String version, String commit, String java) {

  /** What the build wrote down. */
  static Version ofThisBuild() {
    var properties = new Properties();
    try (var text = resource("version.properties")) {
      properties.load(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Version(
        properties.getProperty("version"), readCommit(), properties.getProperty("java"));
  }

  private static String readCommit() {
    try (var text = resource("commit.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) throws IOException {
    InputStream found = Version.class.getResourceAsStream(name);
    if (found == null) {
      throw new IOException("not part of this build: " + name);
    }
    return found;
  }

  @Override
  public String toString() {
    return "consigne %s (commit %s, built for Java %s)".formatted(version, commit, java);
  }
}
