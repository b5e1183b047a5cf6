package io.consigne.core.remote.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.failure.FailureException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Hosts that are drawn from what has fooled readers: what the C library takes for an IPv4 address
 * is either refused or that very address.
 */
final class SourceUrlFuzzTest {
  private static final int DRAWS = 50_000;
  private static final List<String> NUMBERS =
      List.of("0", "1", "10", "127", "192", "255", "256", "0177", "01", "0x7f", "１", "①", "");
  private static final List<String> PIECES =
      List.of(
          "0",
          "1",
          "7",
          "127",
          "0177",
          "0x7f",
          "0X7F",
          "256",
          "017700000001",
          "2130706433",
          "0x7f000001",
          ".",
          ".",
          ".",
          "..",
          "。",
          "．",
          "a",
          "x",
          "f",
          "１",
          "①",
          "-",
          "_",
          "%2e",
          "%31",
          "[",
          "]",
          "::",
          ":",
          ":1",
          "ffff",
          "@",
          "\u00ad",
          "\u200b",
          "É",
          "ß",
          " ",
          "+");

  @Test
  void whatTheCLibraryTakesForAnAddress_isThatAddress() throws UnknownHostException {
    var random = new Random(20261121);
    int taken = 0;
    int literals = 0;
    for (int draw = 0; draw < DRAWS; draw++) {
      String host = drawHost(random);
      Optional<SourceUrl> url = parsed("http://" + host + "/");
      if (url.isEmpty()) {
        continue;
      }
      taken++;
      String canonical = url.get().host();
      literals += url.get().literal().isPresent() ? 1 : 0;
      Optional<InetAddress> system = inetAton(canonical);
      if (system.isPresent()) {
        assertThat(url.get().literal()).as(host).isEqualTo(system);
      }
      if (!inetAton(host).equals(Optional.empty())) {
        assertThat(url.get().literal()).as(host).isEqualTo(inetAton(host));
      }
      assertThat(canonical).as(host).matches("[0-9a-z._:-]+").doesNotEndWith(".");
      assertThat(SourceUrl.parse(url.get().text())).as(host).isEqualTo(url.get());
    }
    assertThat(taken).isGreaterThan(DRAWS / 20);
    assertThat(literals).isGreaterThan(100);
  }

  private static String drawHost(Random random) {
    if (random.nextBoolean()) {
      return IntStream.range(0, 1 + random.nextInt(5))
          .mapToObj(_ -> NUMBERS.get(random.nextInt(NUMBERS.size())))
          .collect(Collectors.joining(random.nextInt(4) == 0 ? "。" : "."));
    }
    var host = new StringBuilder();
    for (int pieces = 1 + random.nextInt(8); pieces > 0; pieces--) {
      host.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return host.toString();
  }

  private static Optional<SourceUrl> parsed(String text) {
    try {
      return Optional.of(SourceUrl.parse(text));
    } catch (FailureException _) {
      return Optional.empty();
    }
  }

  /** What {@code inet_aton(3)} reads: one to four numbers, each decimal, octal or hexadecimal. */
  private static Optional<InetAddress> inetAton(String text) throws UnknownHostException {
    String[] parts = text.split("[.]", -1);
    if (parts.length > 4) {
      return Optional.empty();
    }
    long value = 0;
    for (int i = 0; i < parts.length; i++) {
      Optional<Long> number = number(parts[i]);
      boolean last = i == parts.length - 1;
      long limit = last ? 1L << (8 * (4 - i)) : 256;
      if (number.isEmpty() || number.get() >= limit) {
        return Optional.empty();
      }
      value |= last ? number.get() : number.get() << (24 - 8 * i);
    }
    byte[] octets = {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    return Optional.of(InetAddress.getByAddress(octets));
  }

  private static Optional<Long> number(String text) {
    if (text.matches("0[xX][0-9a-fA-F]{1,8}")) {
      return Optional.of(Long.parseLong(text.substring(2), 16));
    }
    if (text.matches("0[0-7]{0,12}")) {
      return Optional.of(Long.parseLong(text, 8));
    }
    return text.matches("[1-9][0-9]{0,10}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }
}
