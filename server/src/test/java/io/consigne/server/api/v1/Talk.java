package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.http.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One request after another over a connection that is kept while the host keeps it. */
final class Talk implements AutoCloseable {
  private final int port;
  private @Nullable Wire wire;

  Talk(int port) {
    this.port = port;
  }

  /**
   * Asks, and reads the whole answer.
   *
   * @param line method and target
   * @param headers each with {@code |} behind it
   */
  Said ask(String line, String headers, byte[] body) {
    String length = body.length == 0 ? "" : "Content-Length: " + body.length + "|";
    try {
      Wire open = open();
      open.send(line + " HTTP/1.1|Host: files.example.org|" + headers + length + "|");
      sendAll(open, body);
      return read(open, line.startsWith("HEAD"));
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  Said ask(String line, String headers, String body) {
    return ask(line, headers, body.getBytes(UTF_8));
  }

  private Wire open() throws IOException {
    Wire open = wire == null ? new Wire(port) : wire;
    wire = open;
    return open;
  }

  /** A host that has refused already need not take the rest. */
  private static void sendAll(Wire wire, byte[] body) {
    try {
      wire.send(body);
    } catch (IOException refusedBefore) {
      // Its answer says why.
    }
  }

  private Said read(Wire open, boolean head) throws IOException {
    String text = open.head();
    if (text.startsWith("HTTP/1.1 100")) {
      text = open.head();
    }
    Said said = new Said(text, "");
    if (!head && said.header("Transfer-Encoding").isPresent()) {
      said = new Said(text, new String(chunks(open), ISO_8859_1));
    } else if (!head) {
      int length = said.header("Content-Length").map(Integer::parseInt).orElse(0);
      said = new Said(text, new String(open.in().readNBytes(length), ISO_8859_1));
    }
    if (said.header("Connection").isPresent() || said.status() == 0) {
      close();
    }
    return said;
  }

  private static byte[] chunks(Wire open) throws IOException {
    var all = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(open), 16);
      all.write(open.in().readNBytes(size));
      line(open);
      if (size == 0) {
        return all.toByteArray();
      }
    }
  }

  private static String line(Wire open) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int octet = open.in().read(); octet >= 0 && octet != '\n'; octet = open.in().read()) {
      line.write(octet);
    }
    return line.toString(ISO_8859_1).strip();
  }

  @Override
  public void close() {
    try {
      if (wire != null) {
        wire.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    wire = null;
  }

  /** An answer, status line and headers, and the body, each a byte a character. */
  record Said(String head, String octets) {
    private static final Pattern LEAK =
        Pattern.compile(
            "(?i)exception|\\bat [a-z]+\\.[a-z]+\\.|\\.java\\b|stack"
                + " ?trace|/tmp/|/root|/home/|/var/|tomcat|catalina|coyote|apache|jackson|fasterxml"
                + "|sqlite|postgres|jdbc|select"
                + " |openjdk|jetty|netty|consigne|bouncy|argon|java\\b");

    int status() {
      return head.startsWith("HTTP/1.1 ") ? Integer.parseInt(head.substring(9, 12)) : 0;
    }

    /** The only header of that name; a second one is a mistake. */
    Optional<String> header(String name) {
      Matcher matcher =
          Pattern.compile("(?im)^" + Pattern.quote(name) + ":[ ]*(.*?)\r?$").matcher(head);
      Optional<String> value = matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
      assertThat(matcher.find()).as("two headers %s in %s", name, head).isFalse();
      return value;
    }

    String text() {
      return new String(octets.getBytes(ISO_8859_1), UTF_8);
    }

    /** Fails if the answer shows that the host broke, or how it is made. */
    Said harmless() {
      assertThat(status()).as("%s", this).isNotIn(0, 500, 502, 504);
      assertThat(LEAK.matcher(head + text()).results().map(hit -> hit.group()).toList())
          .as("%s", this)
          .isEmpty();
      return this;
    }

    @Override
    public String toString() {
      String text = text();
      return head + "\n\n" + (text.length() > 600 ? text.substring(0, 600) + "…" : text);
    }
  }
}
