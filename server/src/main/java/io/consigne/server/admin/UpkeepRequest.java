package io.consigne.server.admin;

import com.fasterxml.jackson.annotation.JsonTypeName;

/** A long task that the operator asks for. Directories are absolute. */
public sealed interface UpkeepRequest extends AdminRequest.Lasting {
  /**
   * Read all that is stored.
   *
   * @param anew from the beginning, not from where the last pass has ended
   */
  @JsonTypeName("scrub")
  record Scrub(long bytesPerSecond, boolean anew) implements UpkeepRequest {}

  /** Show what is known of damage. */
  @JsonTypeName("scrub status")
  record ScrubStatus() implements UpkeepRequest {}

  /**
   * Compare database and store.
   *
   * @param repair what can be repaired
   */
  @JsonTypeName("fsck")
  record Fsck(boolean repair) implements UpkeepRequest {}

  /** Copy everything to a directory. */
  @JsonTypeName("backup")
  record Backup(String directory) implements UpkeepRequest {}

  /**
   * Copy the store alone to a directory.
   *
   * @param prune whether what is not needed any more is removed from the directory
   */
  @JsonTypeName("backup blobs")
  record BackupBlobs(String directory, boolean prune) implements UpkeepRequest {}

  /** Delete nothing that is stored until told otherwise, for a day at most; answers a name. */
  @JsonTypeName("hold")
  record Hold() implements UpkeepRequest {}

  /** End the hold of that name. */
  @JsonTypeName("release")
  record Release(String hold) implements UpkeepRequest {}
}
