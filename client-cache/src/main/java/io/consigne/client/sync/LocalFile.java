package io.consigne.client.sync;

import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * A file of this machine as it was when it was looked at.
 *
 * @param file where it is
 * @param sizeBytes its length
 * @param modified its modification time
 */
public record LocalFile(Path file, long sizeBytes, Instant modified) {
  /**
   * Its own name.
   *
   * @return the last part of its path
   */
  public String name() {
    return String.valueOf(file.getFileName());
  }

  /** Whether it is still as it was. */
  boolean isUnchanged() throws IOException {
    BasicFileAttributes now =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return now.isRegularFile()
        && now.size() == sizeBytes
        && now.lastModifiedTime().toInstant().equals(modified);
  }

  /** Its bytes, as long as it is still as it was. */
  UploadSource source() {
    return UploadSource.of(file, name(), sizeBytes, modified);
  }
}
