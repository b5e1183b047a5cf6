package io.consigne.client.transfer;

import io.consigne.client.model.Checksums;
import io.consigne.hashes.Whirlpool;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Compares bytes with what a host says of them. */
final class Digests {
  private static final int BUFFER_BYTES = 64 * 1024;

  private Digests() {}

  /** Whether bytes are those of the checksums: by SHA-256, which is quick, else by Whirlpool. */
  static boolean match(UploadSource.Bytes bytes, Checksums expected) throws IOException {
    if (expected.sha256() != null) {
      return sha256(bytes).equals(expected.sha256());
    }
    return expected.whirlpool() == null || whirlpool(bytes).equals(expected.whirlpool());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  static String sha256(UploadSource.Bytes bytes) throws IOException {
    MessageDigest digest = sha256();
    read(bytes, digest::update);
    return hex(digest.digest());
  }

  private static String whirlpool(UploadSource.Bytes bytes) throws IOException {
    var digest = new Whirlpool();
    read(bytes, digest::update);
    return digest.hexDigest();
  }

  private static void read(UploadSource.Bytes bytes, Sink sink) throws IOException {
    var buffer = new byte[BUFFER_BYTES];
    try (InputStream in = bytes.open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sink.update(buffer, 0, read);
      }
    }
  }

  @FunctionalInterface
  private interface Sink {
    void update(byte[] buffer, int offset, int length);
  }
}
