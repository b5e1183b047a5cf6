package io.consigne.server.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.keys.ApiKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys are found in a stream, and what is taken for none. */
class KeyScanTest {
  private static final Random RANDOM = new Random(4);
  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  private final String key = ApiKey.draw(RANDOM).reveal();

  static String fichierKey() {
    var text = new StringBuilder();
    RANDOM.ints(32, 0, 64).forEach(i -> text.append(BASE64.charAt(i)));
    return text.toString();
  }

  private static List<FoundKey> scan(byte[] bytes, int window) {
    return scan(new ByteArrayInputStream(bytes), window);
  }

  private static List<FoundKey> scan(InputStream in, int window) {
    var found = new ArrayList<FoundKey>();
    try {
      KeyScan.run(in, found::add, window);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return found;
  }

  private static List<FoundKey> scan(String text) {
    return scan(text.getBytes(StandardCharsets.UTF_8), 16 * 1024);
  }

  @Test
  void ownKey_isFoundWhereverItStands() {
    for (String text :
        List.of(
            key,
            "KEY=" + key + "\n",
            "{\"a\":\"" + key + "\"}",
            "x" + key + "y",
            "https://host/?api_key=" + key + "&x=1")) {
      assertThat(scan(text)).as(text).containsExactly(ownKey(1));
    }
  }

  private FoundKey ownKey(long line) {
    return new FoundKey(FoundKey.Kind.CONSIGNE, line, key);
  }

  @Test
  void oneWrongCharacter_isNoKey() {
    for (int i = 4; i < key.length(); i++) {
      char other = key.charAt(i) == 'a' ? 'b' : 'a';
      assertThat(scan(key.substring(0, i) + other + key.substring(i + 1))).isEmpty();
    }
  }

  @Test
  void randomTextWithThePrefix_isNoKey() {
    var text = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      text.append("csg_");
      RANDOM.ints(28, 0, 62).forEach(c -> text.append(BASE64.charAt(c)));
      text.append('\n');
    }
    assertThat(scan(text.toString())).isEmpty();
  }

  /** Keys at each place around the borders of two windows: none is lost, none is found twice. */
  @Test
  void borders_loseNothingAndRepeatNothing() {
    int window = 8 * 1024;
    for (int at = window - KeyScan.OVERLAP - 40; at < window + 40; at += 7) {
      byte[] bytes = ("z".repeat(at) + key + "z".repeat(3 * window)).getBytes(UTF_8);
      assertThat(scan(bytes, window)).as("at %s", at).containsExactly(ownKey(1));
    }
  }

  @Test
  void fichierKey_acrossABorder_isFoundOnce() {
    int window = 8 * 1024;
    String secret = fichierKey();
    for (int at = window - KeyScan.OVERLAP - 90; at < window + 90; at += 5) {
      String text = "z".repeat(at) + "\nFICHIER_KEY=" + secret + "\n" + "z".repeat(window);
      assertThat(scan(text.getBytes(UTF_8), window))
          .as("at %s", at)
          .containsExactly(new FoundKey(FoundKey.Kind.FICHIER, 2, secret));
    }
  }

  @Test
  void lines_areCountedOverAllWindows() {
    String text = "some line\n".repeat(20_000) + key + "\n" + "more\n".repeat(9) + key;
    assertThat(scan(text)).containsExactly(ownKey(20_001), ownKey(20_011));
  }

  /** A file of any size takes the memory of a window. */
  @Test
  void hugeStream_isReadToItsEnd() {
    long size = 300_000_000;
    InputStream zeros =
        new InputStream() {
          private long left = size;

          @Override
          public int read() {
            return left-- > 0 ? 'x' : -1;
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            int read = (int) Math.min(length, left);
            left -= read;
            java.util.Arrays.fill(target, offset, offset + read, (byte) 'x');
            return read == 0 ? -1 : read;
          }
        };
    InputStream all = new SequenceInputStream(zeros, new ByteArrayInputStream(key.getBytes(UTF_8)));
    assertThat(scan(all, 256 * 1024)).containsExactly(ownKey(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "ISO-8859-1"})
  void encodings_areRead(String charset) {
    byte[] bytes = ("\u00e9\n key: " + key).getBytes(Charset.forName(charset));
    assertThat(scan(bytes, 16 * 1024)).containsExactly(ownKey(2));
  }

  @Test
  void binaryFile_isRead() {
    byte[] noise = new byte[100_000];
    RANDOM.nextBytes(noise);
    System.arraycopy(key.getBytes(UTF_8), 0, noise, 50_000, key.length());
    assertThat(scan(noise, 16 * 1024)).extracting(FoundKey::secret).containsExactly(key);
  }

  @Test
  void fichierKey_isFoundByWhatStandsAroundIt() {
    String secret = fichierKey();
    for (String text :
        List.of(
            "RCLONE_FICHIER_API_KEY=" + secret,
            "curl -H 'Authorization: Bearer " + secret + "' # 1fichier",
            "https://api.1fichier.com/v1/user/info.cgi -H 'Authorization: Bearer " + secret + "'",
            "fichier = new Client('" + secret + "')",
            "[f]\ntype = fichier\napi_key = " + secret + "\n",
            "[f]\r\ntype = fichier\r\nshared = x\r\napi_key = " + secret + "\r\n",
            "[f]\napi_key = " + secret + "\ntype = fichier\n")) {
      boolean after = text.contains("# 1fichier");
      assertThat(scan(text)).as(text).hasSize(after ? 0 : 1);
    }
  }

  @Test
  void whatIsNoFichierKey_isNotTakenForOne() throws Exception {
    String md5 =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("MD5").digest("x".getBytes(UTF_8)))
            .toLowerCase(java.util.Locale.ROOT);
    for (String text :
        List.of(
            "API_KEY=" + fichierKey(),
            "fichier md5 " + md5,
            "fichier aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "fichier https://1fichier.com/?abcdefghij0123456789",
            "fichier " + fichierKey() + fichierKey(),
            "[f]\ntype = fichier\n[g]\napi_key = " + fichierKey(),
            "fichier\n" + fichierKey())) {
      assertThat(scan(text)).as(text).isEmpty();
    }
  }

  @Test
  void found_showsTheBeginOnly() {
    FoundKey found = scan(key).getFirst();
    assertThat(found.redacted()).isEqualTo(key.substring(0, 8) + "…");
    assertThat(found.toString()).doesNotContain(key.substring(0, 9));
  }
}
