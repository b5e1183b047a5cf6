package io.consigne.client.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file of a listing.
 *
 * @param link its identity; null in a share that hides links
 * @param name which other files of the folder may have, too
 * @param sizeBytes its length
 * @param times when it came
 * @param checksums what the host says of its content
 * @param contentType by its name
 * @param locks who may not open its link
 * @param place where it lies, or null if the answer does not say
 */
public record RemoteFile(
    @Nullable FileLink link,
    String name,
    long sizeBytes,
    Times times,
    Checksums checksums,
    String contentType,
    Locks locks,
    @Nullable Place place) {

  /**
   * When a file came.
   *
   * @param uploaded when the host got it, to the second; null if the host's text is no time
   * @param modified its modification time at its owner's, where the host keeps it; else null
   */
  public record Times(@Nullable Instant uploaded, @Nullable Instant modified) {}

  /**
   * What stands before a link.
   *
   * @param password whether it asks for a password
   * @param rules whether it asks for an address, a country or an account
   */
  public record Locks(boolean password, boolean rules) {}

  /**
   * Where a file lies.
   *
   * @param folder its folder
   * @param path of that folder, without slashes at its ends; empty for the root, null if not told
   */
  public record Place(FolderId folder, @Nullable String path) {}
}
