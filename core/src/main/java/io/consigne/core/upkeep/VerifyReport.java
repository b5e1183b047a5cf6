package io.consigne.core.upkeep;

import java.util.List;

/**
 * What the reading of a whole backup came to.
 *
 * @param made when the backup was begun, in ISO 8601
 * @param faults what is wrong beside the contents, a sentence each: files that are missing or not
 *     what was written, a damaged database
 * @param storeFiles that the database knows
 * @param segments that were read; the damaged ones count, too
 * @param bytes of them
 * @param damaged how many segments are missing or damaged in the backup
 * @param unread how many segments the system did not let us read
 */
public record VerifyReport(
    String made,
    List<String> faults,
    long storeFiles,
    long segments,
    long bytes,
    long damaged,
    long unread) {
  /** Copies the faults. */
  public VerifyReport {
    faults = List.copyOf(faults);
  }

  /** Whether a host that is restored from the backup will have everything. */
  public boolean whole() {
    return faults.isEmpty() && damaged + unread == 0;
  }
}
