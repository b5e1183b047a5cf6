package io.consigne.client.transfer;

import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.RemoteFile;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file to be fetched.
 *
 * @param link its identity
 * @param sizeBytes exactly
 * @param checksums to compare with; what is not there is not compared
 * @param modified what the local file's modification time shall be, or null: now
 * @param password of the link, or null. Never shown
 */
public record DownloadSource(
    FileLink link,
    long sizeBytes,
    Checksums checksums,
    @Nullable Instant modified,
    @Nullable String password) {

  /**
   * {@return a file of a listing}
   *
   * @param file as it was listed
   * @throws IllegalArgumentException if its link is hidden
   */
  public static DownloadSource of(RemoteFile file) {
    FileLink link = file.link();
    if (link == null) {
      throw new IllegalArgumentException("the link is hidden: " + file.name());
    }
    return new DownloadSource(
        link, file.sizeBytes(), file.checksums(), file.times().modified(), null);
  }

  /**
   * The same, opened by a password.
   *
   * @param secret the password of the link
   * @return a copy
   */
  public DownloadSource with(String secret) {
    return new DownloadSource(link, sizeBytes, checksums, modified, secret);
  }

  /**
   * The same, with other checksums.
   *
   * @param known to compare with
   * @return a copy
   */
  public DownloadSource with(Checksums known) {
    return new DownloadSource(link, sizeBytes, known, modified, password);
  }

  @Override
  public String toString() {
    return link + ", " + sizeBytes + " bytes";
  }
}
