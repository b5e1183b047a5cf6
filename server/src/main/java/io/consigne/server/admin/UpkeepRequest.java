package io.consigne.server.admin;

/**
 * A long task that the operator asks for.
 *
 * @param task what to do
 * @param value what goes with it: bytes per second, an absolute directory, or the name of a hold;
 *     empty where nothing does
 */
public record UpkeepRequest(Task task, String value) {
  /** What can be asked for. */
  public enum Task {
    /** Read all that is stored, at so many bytes a second, from where the last pass has ended. */
    SCRUB,
    /** The same from the beginning. */
    SCRUB_ANEW,
    /** Show what is known of damage. */
    SCRUB_STATUS,
    /** Compare database and store. */
    FSCK,
    /** The same, and repair what can be repaired. */
    FSCK_REPAIR,
    /** Copy everything to the directory. */
    BACKUP,
    /** Copy the store alone to the directory. */
    BACKUP_BLOBS,
    /** The same, and remove from the directory what is not needed any more. */
    BACKUP_BLOBS_PRUNE,
    /** Delete nothing that is stored until told otherwise, for a day at most; answers a name. */
    HOLD,
    /** End the hold of that name. */
    RELEASE
  }
}
