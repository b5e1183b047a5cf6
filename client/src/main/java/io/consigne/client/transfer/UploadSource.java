package io.consigne.client.transfer;

import io.consigne.client.model.Checksums;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
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
    /**
     * The bytes from the beginning.
     *
     * @return a stream of its own, which the caller closes
     * @throws IOException if it cannot be read
     */
    InputStream open() throws IOException;

    /**
     * Looks, without reading them, whether they are still what they were; it need not.
     *
     * @throws IOException if they are known to be others, or not to be there any more
     */
    default void check() throws IOException {}
  }

  /** Refuses an empty name and a negative size. */
  public UploadSource {
    if (name.isEmpty() || sizeBytes < 0) {
      throw new IllegalArgumentException("a file has a name and a size: " + name);
    }
  }

  /**
   * {@return a local file, under its own name}
   *
   * @param file which is read when it is sent
   * @throws IOException if it is no readable file, or its name is no text
   */
  public static UploadSource of(Path file) throws IOException {
    if (!LocalName.isText(file.getFileName())) {
      throw new FileSystemException(LocalName.shown(file), null, LocalName.refusal());
    }
    return of(file, String.valueOf(file.getFileName()));
  }

  /**
   * {@return a local file, under another name}
   *
   * @param file which is read when it is sent; it is not stored if it changes until then, or
   *     meanwhile
   * @param name it will have at the host
   * @throws IOException if it is no readable file
   */
  public static UploadSource of(Path file, String name) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return of(file, name, attributes.size(), attributes.lastModifiedTime().toInstant());
  }

  /**
   * {@return a local file as it was when somebody looked at it}
   *
   * @param file which is not stored if it is not that any more when it is sent, or meanwhile; what
   *     has read all of it knows that it was
   * @param name it will have at the host
   * @param sizeBytes its length then
   * @param modified its modification time then
   */
  public static UploadSource of(Path file, String name, long sizeBytes, Instant modified) {
    return new UploadSource(name, sizeBytes, modified, new LocalBytes(file, sizeBytes, modified));
  }

  /**
   * {@return bytes in memory}
   *
   * @param name it will have at the host
   * @param bytes which must not change
   */
  public static UploadSource of(String name, byte[] bytes) {
    return new UploadSource(name, bytes.length, null, () -> new ByteArrayInputStream(bytes));
  }

  /**
   * {@return whether its bytes are those of checksums, by SHA-256, else by Whirlpool} It is read
   * for that.
   *
   * @param checksums of a host
   * @throws IllegalArgumentException if there is no checksum
   * @throws IOException if it cannot be read
   */
  public boolean matches(Checksums checksums) throws IOException {
    if (checksums.isEmpty()) {
      throw new IllegalArgumentException("no checksum to compare with: " + name);
    }
    return Digests.match(content, checksums);
  }

  /**
   * {@return the SHA-256 of its bytes, which are read for that}
   *
   * @throws IOException if it cannot be read
   */
  public String sha256() throws IOException {
    return Digests.sha256(content);
  }

  @Override
  public String toString() {
    return name + ", " + sizeBytes + " bytes";
  }
}
