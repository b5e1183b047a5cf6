package io.consigne.core.links;

import io.consigne.core.ids.FileId;
import io.consigne.core.ids.KeyId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * What a download token says: a short-lived permission to download one file. It is signed and not
 * stored.
 *
 * @param file the file
 * @param revision of the file when it was given; any change of the file ends the token
 * @param account whose permission it is, 0 for a stranger's
 * @param epoch of that account when it was given
 * @param key that asked
 * @param issued when it was given
 * @param flags what it allows
 * @param binding of {@code single}: a hash of the address that asked, else 0
 */
record DownloadToken(
    FileId file,
    long revision,
    long account,
    long epoch,
    Key key,
    Instant issued,
    Flags flags,
    long binding) {
  static final int BYTES = 1 + 8 * 8;

  byte[] encode() {
    return ByteBuffer.allocate(BYTES)
        .put(flags.bits())
        .putLong(file.value())
        .putLong(revision)
        .putLong(account)
        .putLong(epoch)
        .putLong(key.id())
        .putLong(key.epoch())
        .putLong(issued.toEpochMilli())
        .putLong(binding)
        .array();
  }

  static DownloadToken decode(ByteBuffer bytes) {
    byte flags = bytes.get();
    return new DownloadToken(
        new FileId(bytes.getLong()),
        bytes.getLong(),
        bytes.getLong(),
        bytes.getLong(),
        new Key(bytes.getLong(), bytes.getLong()),
        Instant.ofEpochMilli(bytes.getLong()),
        Flags.of(flags),
        bytes.getLong());
  }

  /**
   * The key that asked for a token.
   *
   * @param id its number, 0 for none
   * @param epoch of the key when the token was given
   */
  record Key(long id, long epoch) {
    static final Key NONE = new Key(0, 0);

    Optional<KeyId> number() {
      return id == 0 ? Optional.empty() : Optional.of(new KeyId(id));
    }
  }

  /**
   * What a token allows.
   *
   * @param inline show the file rather than save it
   * @param single only to the address and key that asked
   * @param shared as long as the file is in a folder that is opened to the account
   */
  record Flags(boolean inline, boolean single, boolean shared) {
    static Flags of(byte bits) {
      return new Flags((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
    }

    byte bits() {
      return (byte) ((inline ? 1 : 0) | (single ? 2 : 0) | (shared ? 4 : 0));
    }
  }
}
