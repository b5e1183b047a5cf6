package io.consigne.core.upkeep;

import java.time.Instant;
import java.util.List;

/**
 * Stored bytes that are not those that were accepted, or are gone; or that could not be read, so
 * that nothing is known of them.
 *
 * @param unread whether they could not be read, which is no damage
 * @param storeFile where they are
 * @param offset of the segment in the store file
 * @param length of the segment
 * @param what is wrong, and at which position of the store file
 * @param found when that was last seen
 * @param contents the numbers of the contents that are made of the segment
 * @param files that show these contents, up to a thousand of them
 */
public record Damage(
    boolean unread,
    String storeFile,
    long offset,
    long length,
    String what,
    Instant found,
    List<Long> contents,
    List<AffectedFile> files) {
  /** Copies the lists. */
  public Damage {
    contents = List.copyOf(contents);
    files = List.copyOf(files);
  }

  /** This damage, as bytes that could not be read. */
  Damage asUnread() {
    return new Damage(true, storeFile, offset, length, what, found, contents, files);
  }
}
