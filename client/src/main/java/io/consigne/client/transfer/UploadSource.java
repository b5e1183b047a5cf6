package io.consigne.client.transfer;

import io.consigne.client.model.Checksums;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file to be uploaded. It is read from its beginning once, and again if it must be sent again.
 *
 * @param name it will have
 * @param sizeBytes exactly
 * @param modified its modification time, or null
 * @param content its bytes
 */
public record UploadSource(String name, long sizeBytes, @Nullable Instant modified, Bytes content) {
  /** Where bytes come from. */
  @FunctionalInterface
  public interface Bytes {
    /** The bytes from the beginning. */
    InputStream open() throws IOException;
  }

  /** Refuses an empty name and a negative size. */
  public UploadSource {
    if (name.isEmpty() || sizeBytes < 0) {
      throw new IllegalArgumentException("a file has a name and a size: " + name);
    }
  }

  /**
   * A local file, under its own name.
   *
   * @throws IOException if it is no readable file
   */
  public static UploadSource of(Path file) throws IOException {
    return of(file, String.valueOf(file.getFileName()));
  }

  /**
   * A local file, under another name.
   *
   * @throws IOException if it is no readable file
   */
  public static UploadSource of(Path file, String name) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new UploadSource(
        name,
        attributes.size(),
        attributes.lastModifiedTime().toInstant(),
        () -> Files.newInputStream(file));
  }

  /** Bytes in memory. */
  public static UploadSource of(String name, byte[] bytes) {
    return new UploadSource(name, bytes.length, null, () -> new ByteArrayInputStream(bytes));
  }

  /**
   * Whether its bytes are those of checksums, by SHA-256, else by Whirlpool. It is read for that.
   *
   * @throws IllegalArgumentException if there is no checksum
   */
  public boolean matches(Checksums checksums) throws IOException {
    if (checksums.isEmpty()) {
      throw new IllegalArgumentException("no checksum to compare with: " + name);
    }
    return Digests.match(content, checksums);
  }

  /** The SHA-256 of its bytes, which are read for that. */
  public String sha256() throws IOException {
    return Digests.sha256(content);
  }

  @Override
  public String toString() {
    return name + ", " + sizeBytes + " bytes";
  }
}
