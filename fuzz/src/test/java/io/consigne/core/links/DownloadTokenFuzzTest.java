package io.consigne.core.links;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import io.consigne.fuzz.FuzzTarget;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nobody makes a token, out of nothing or out of another one; and what was signed is read as it
 * was.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DownloadTokenFuzzTest extends FuzzTarget {
  private static final byte[] MESSAGE = new byte[DownloadToken.BYTES];

  private Database database;
  private SigningKeys keys;
  private String genuine;

  @BeforeAll
  void open(@TempDir Path folder) {
    database = Databases.sqlite(folder.resolve("fuzz.db"));
    keys = new SigningKeys(database, InstantSource.system(), new SecureRandom());
    genuine = SignedText.write(keys.current(), MESSAGE);
  }

  @AfterAll
  void close() {
    database.close();
  }

  @FuzzTest
  void fuzz(byte[] input) {
    check(input);
  }

  @Override
  protected void check(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    assertThat(read(text)).as("a token out of nothing").isEmpty();
    String edited = edited(input);
    assertThat(read(edited).isPresent()).as(edited).isEqualTo(edited.equals(genuine));
    byte[] message = Arrays.copyOf(input, DownloadToken.BYTES);
    message[0] &= 7;
    message[1] &= 0x7f;
    message[8] |= 1;
    checkSigned(message);
  }

  /** Puts octets at places of a genuine token, and the rest of the input behind it. */
  private String edited(byte[] input) {
    var edited = new StringBuilder(genuine);
    int edits = input.length == 0 ? 0 : input[0] & 3;
    for (int i = 1; i + 1 < input.length && i < 2 * edits; i += 2) {
      edited.setCharAt((input[i] & 0xff) % genuine.length(), (char) (input[i + 1] & 0xff));
    }
    int from = Math.min(input.length, 1 + 2 * edits);
    byte[] rest = Arrays.copyOfRange(input, from, Math.max(from, input.length));
    return edited + new String(rest, StandardCharsets.ISO_8859_1);
  }

  private void checkSigned(byte[] message) {
    long millis = ByteBuffer.wrap(message).getLong(1 + 6 * Long.BYTES);
    String text = SignedText.write(keys.current(), message);
    assertThat(text).matches("[0-9A-Za-z]+");
    ByteBuffer read = read(text).orElseThrow();
    assertThat(read.duplicate()).isEqualTo(ByteBuffer.wrap(message));
    DownloadToken token = DownloadToken.decode(read);
    assertThat(token.encode()).isEqualTo(message);
    assertThat(token.issued().toEpochMilli()).isEqualTo(millis);
  }

  private Optional<ByteBuffer> read(String text) {
    return SignedText.read(keys, text, DownloadToken.BYTES);
  }
}
