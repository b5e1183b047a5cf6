package io.consigne.client.transfer;

import java.time.Duration;

/**
 * The numbers of transfers.
 *
 * @param filesPerUpload the most files of one request
 * @param smallBytes files up to this size share a request
 * @param bytesPerUpload the most bytes of small files that share a request
 * @param parallel how many uploads of a client, or ranges of a download, run at once
 * @param downloads how many requests for the bytes of files a client has open at once, whatever
 *     number of files and ranges it fetches: hosts lock out whoever has too many
 * @param rangeBytes files from twice this size on are fetched in ranges of about this size at once
 * @param largestFileBytes the largest file that 1fichier.com takes
 */
public record TransferLimits(
    int filesPerUpload,
    long smallBytes,
    long bytesPerUpload,
    int parallel,
    int downloads,
    long rangeBytes,
    long largestFileBytes) {
  /** What a client does unless it is told otherwise. */
  public static final TransferLimits DEFAULT =
      new TransferLimits(500, 8L << 20, 32L << 20, 4, 10, 64L << 20, 300_000_000_000L);

  private static final int FOLDERS_FOR_EACH_REQUEST = 8;

  /** How often the files of one request are sent again. */
  static final int UPLOAD_TRIES = 6;

  /** How often a report is asked for while the host says that there is none yet. */
  static final int REPORT_LOOKS = 9;

  /** The same of an upload that the host may never have got. */
  static final int DOUBTFUL_LOOKS = REPORT_LOOKS - 3;

  /**
   * How long 1fichier.com may take to list what it has stored: what was sent is not sent again
   * before.
   */
  public static final Duration LISTED_LATE = Duration.ofMinutes(5);

  /** What a host reads at least of what it was sent before it tells of it: a checksum's speed. */
  static final long READ_BYTES_PER_SECOND = 100_000_000;

  /** How long a host has the report of an upload. */
  public static final Duration REPORTS_LAST = Duration.ofHours(2);

  /** How often a folder is looked into after a doubtful end, at least. */
  static final int FOLDER_LOOKS = 3;

  /** How often the rest of a range is asked for without a byte coming. */
  static final int RANGE_TRIES = 6;

  /** A token may be started for 5 minutes; some of them are left for the way. */
  static final Duration TOKEN_STARTS = Duration.ofSeconds(270);

  /** A started token may be resumed for 30 minutes. */
  static final Duration TOKEN_RESUMES = Duration.ofMinutes(29);

  /** How many bytes are written before the state of a download is. */
  static final long STATE_BYTES = 1L << 20;

  /**
   * {@return how long after the last byte 1fichier.com may neither list nor report what it has got}
   *
   * @param bytes of the upload
   */
  public static Duration lateness(long bytes) {
    return LISTED_LATE.plus(reading(bytes));
  }

  /**
   * {@return how long a host may read what it has got, before it tells anything of it}
   *
   * @param bytes of the upload
   */
  public static Duration reading(long bytes) {
    return Duration.ofSeconds(bytes / READ_BYTES_PER_SECOND);
  }

  /**
   * The same with another number of requests at once, of uploads as of downloads.
   *
   * @param requests at least 1
   * @return a copy
   */
  public TransferLimits atOnce(int requests) {
    return new TransferLimits(
        filesPerUpload,
        smallBytes,
        bytesPerUpload,
        requests,
        requests,
        rangeBytes,
        largestFileBytes);
  }

  /**
   * {@return how many folders are being sent into, or wait for their turn; one if all goes one by
   * one}
   */
  public int foldersAtOnce() {
    return parallel == 1 ? 1 : FOLDERS_FOR_EACH_REQUEST * parallel;
  }

  /** Refuses what moves nothing. */
  public TransferLimits {
    boolean moves = bytesPerUpload >= 1 && parallel >= 1 && downloads >= 1;
    if (filesPerUpload < 1 || rangeBytes < 1 || !moves) {
      throw new IllegalArgumentException("transfers need at least one of each");
    }
  }
}
