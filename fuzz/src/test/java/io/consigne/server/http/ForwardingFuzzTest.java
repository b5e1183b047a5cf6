package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.consigne.fuzz.FuzzTarget;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whatever {@code Host} and the headers of proxies say: an origin is a URL of scheme and host that
 * stays itself, strangers' headers count for nothing, and a client's address was in the header.
 *
 * <p>An input is lines: {@code Host}, {@code X-Forwarded-Host}, {@code X-Forwarded-Proto}, {@code
 * Forwarded} and {@code X-Forwarded-For}.
 */
final class ForwardingFuzzTest extends FuzzTarget {
  private static final InetAddress PEER = InetAddress.ofLiteral("192.0.2.1");
  private static final InetAddress PROXY = InetAddress.ofLiteral("192.0.2.2");
  private static final Forwarding BEHIND_A_PROXY = new Forwarding(null, PROXY::equals);

  @FuzzTest
  void fuzz(byte[] input) {
    check(input);
  }

  @Override
  protected void check(byte[] input) {
    String[] lines =
        (new String(input, StandardCharsets.ISO_8859_1) + "\n\n\n\n\n").split("\n", -1);
    Forwarding.Headers headers = name -> Collections.enumeration(values(lines, name));
    var direct = new Forwarding.Direct("http", lines[0]);
    origin(() -> BEHIND_A_PROXY.originOf(PEER, direct, headers))
        .ifPresent(origin -> {
          assertThat(origin).isEqualTo(new Origin("http", lines[0]));
          checkOrigin(origin, lines);
        });
    origin(() -> BEHIND_A_PROXY.originOf(PROXY, direct, headers))
        .ifPresent(origin -> checkOrigin(origin, lines));
    assertThat(BEHIND_A_PROXY.clientOf(PEER, headers)).isEqualTo(PEER);
    checkClient(BEHIND_A_PROXY.clientOf(PROXY, headers), lines[4]);
  }

  private static Optional<Origin> origin(Supplier<Origin> reading) {
    try {
      return Optional.of(reading.get());
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
  }

  private static List<String> values(String[] lines, String name) {
    return switch (name) {
      case "X-Forwarded-Host" -> present(lines[1]);
      case "X-Forwarded-Proto" -> present(lines[2]);
      case "Forwarded" -> present(lines[3]);
      case "X-Forwarded-For" -> present(lines[4]);
      default -> throw new AssertionError(name);
    };
  }

  /** A header may be there twice. */
  private static List<String> present(String line) {
    return line.isEmpty() ? List.of() : List.of(line.split("\r", -1));
  }

  private static void checkOrigin(Origin origin, String[] lines) {
    assertThat(origin.url()).matches("https?://[a-z0-9_.:\\[\\]-]+");
    assertThat(Origin.parse(origin.url())).isEqualTo(origin);
    assertThat(URI.create(origin.url()).getRawAuthority()).isEqualTo(origin.host());
    String said = String.join("\n", lines).toLowerCase(Locale.ROOT).replace("\\", "");
    assertThat(said).contains(origin.host().replaceAll(":[0-9]*$|[\\[\\]]", ""));
  }

  private static void checkClient(InetAddress client, String chain) {
    if (client.equals(PROXY)) {
      return;
    }
    boolean said = false;
    for (String hop : chain.split("[,\r]", -1)) {
      InetAddress address = ForwardedText.address(hop.strip());
      said |= client.equals(address);
    }
    assertThat(said).as(client + " is in the header").isTrue();
  }
}
