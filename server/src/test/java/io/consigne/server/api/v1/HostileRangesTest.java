package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.api.v1.Talk.Said;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ranges of any kind: the bytes are those of the file, and just those that the answer says. */
@Timeout(300)
class HostileRangesTest {
  private static final String ALICE = "alice@example.org";
  private static final Pattern SINGLE = Pattern.compile("bytes=[ \t]*([0-9]*)-([0-9]*)[ \t]*");
  private static final int SEED = 20261121;

  private static final List<String> ODD =
      List.of(
          "",
          "bytes",
          "bytes=",
          "bytes=-",
          "bytes=--1",
          "bytes=-0",
          "bytes=1-0",
          "bytes=0-0,0-0",
          "bytes=0-1,2-3,4-5",
          "bytes=" + "0-0,".repeat(2000) + "0-0",
          "bytes=0-,-1",
          "bytes=0-1;q=1",
          "bytes= 0-1",
          "bytes =0-1",
          "BYTES=0-1",
          "items=0-1",
          "bytes=0x0-0x1",
          "bytes=+0-1",
          "bytes=0-+1",
          "bytes=0.0-1.0",
          "bytes=a-b",
          "bytes=1e1-2e1",
          "bytes=\u0661-\u0662",
          "bytes=0-18446744073709551616",
          "bytes=18446744073709551616-",
          "bytes=9223372036854775807-9223372036854775808",
          "bytes=-9223372036854775808",
          "bytes=00000000000000000000000000000000000001-2",
          "bytes=0-\t1",
          "bytes=\"0-1\"",
          "0-1");

  @Test
  void range_ofAnyKind_isThatSliceOrTheWholeOrNone(@TempDir Path folder) throws IOException {
    try (var host = new WiredHost(folder)) {
      host.account(ALICE);
      try (var alice = new Uploading(host, ALICE)) {
        int asked = 0;
        var random = new Random(SEED);
        for (int size : new int[] {0, 1, 2, 65_535, 65_536, 65_537, 300_000}) {
          byte[] content = new byte[size];
          random.nextBytes(content);
          String path = token(alice, content);
          for (String range : ranges(random, size)) {
            compare(alice.ask("GET " + path, "Range: " + range + "|", ""), range, content);
            asked++;
          }
        }
        System.out.printf("ranges: %d compared with the slice of the file%n", asked);
      }
    }
  }

  private static String token(Uploading alice, byte[] content) {
    String url =
        alice.kept(alice.post(Uploading.body("", "r.bin", content))).path("download").asString();
    Said said = alice.call("download/get_token.cgi", "{\"url\":" + Uploading.quoted(url) + "}");
    return URI.create(Uploading.json(said).path("url").asString()).getPath();
  }

  private static List<String> ranges(Random random, int size) {
    var ranges = new ArrayList<String>(ODD);
    long[] edges = {0, 1, size - 2L, size - 1L, size, size + 1L, 65_535, 65_536, 65_537};
    for (int i = 0; i < 60; i++) {
      long from = Math.max(0, edges[random.nextInt(edges.length)] + random.nextInt(3));
      long to = random.nextBoolean() ? from + random.nextInt(70_000) : random.nextInt(size + 5);
      ranges.add("bytes=" + from + "-" + to);
      ranges.add("bytes=" + from + "-");
      ranges.add("bytes=-" + from);
    }
    return ranges;
  }

  private static void compare(Said said, String range, byte[] content) {
    BigInteger[] wanted = wanted(range, content.length);
    said.harmless();
    if (wanted.length == 0) {
      assertThat(said.status()).as("%s of %s: %s", range, content.length, said).isEqualTo(416);
      assertThat(said.header("Content-Range")).contains("bytes */" + content.length);
      assertThat(said.octets()).isEmpty();
      return;
    }
    int from = wanted[0].intValueExact();
    int to = wanted[1].intValueExact();
    boolean whole = wanted.length == 3;
    assertThat(said.status()).as("%s of %s", range, content.length).isEqualTo(whole ? 200 : 206);
    assertThat(said.header("Content-Range").orElse(""))
        .isEqualTo(whole ? "" : "bytes " + from + "-" + (to - 1) + "/" + content.length);
    assertThat(said.octets().equals(new String(content, from, to - from, ISO_8859_1)))
        .as("%s of %s", range, content.length)
        .isTrue();
  }

  /** The slice by the words of RFC 9110, 14.1.2; with a third element if it is the whole. */
  private static BigInteger[] wanted(String range, int length) {
    BigInteger size = BigInteger.valueOf(length);
    BigInteger[] whole = {BigInteger.ZERO, size, size};
    Matcher single = SINGLE.matcher(range.replaceFirst("^(?i)bytes=", "bytes="));
    if (length == 0 || !single.matches()) {
      return whole;
    }
    String first = single.group(1);
    String last = single.group(2);
    if (first.isEmpty() && last.isEmpty()) {
      return whole;
    }
    if (first.isEmpty()) {
      BigInteger suffix = new BigInteger(last).min(size);
      return suffix.signum() == 0
          ? new BigInteger[0]
          : new BigInteger[] {size.subtract(suffix), size};
    }
    BigInteger from = new BigInteger(first);
    BigInteger to = last.isEmpty() ? size : new BigInteger(last).add(BigInteger.ONE);
    if (to.compareTo(from) <= 0 && !last.isEmpty()) {
      return whole;
    }
    return from.compareTo(size) >= 0 ? new BigInteger[0] : new BigInteger[] {from, to.min(size)};
  }
}
