package io.consigne.core.accounts;

/**
 * What an account may use: the one table of allowances by plan.
 *
 * <p>{@link #offer} is the number that 1fichier's {@code user/info.cgi} gives the plan (reference:
 * {@code offer} 0 free, 1 Premium, 2 Access, 3 Gold).
 */
public enum Plan {
  /** Whoever uploads without an account; all guests share one storage. */
  GUEST(0, 1_000_000_000_000L, 5_000_000_000L, 500, false),
  /** A registered account that pays nothing. */
  FREE(0, 1_000_000_000_000L, 50_000_000_000L, 500, false),
  /** Downloads at full speed. */
  ACCESS(2, 1_000_000_000_000L, 300_000_000_000L, 500, true),
  /** Large files. */
  PREMIUM(1, 2_000_000_000_000L, Plan.UNLIMITED, 500, true),
  /** As much as the disk holds. */
  GOLD(3, Plan.UNLIMITED, Plan.UNLIMITED, 500, true);

  /** Stands for no limit but the disk's. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  private final int offer;
  private final long storageBytes;
  private final long largestFileBytes;
  private final int filesPerUpload;
  private final boolean apiDownloads;

  Plan(
      int offer,
      long storageBytes,
      long largestFileBytes,
      int filesPerUpload,
      boolean apiDownloads) {
    this.offer = offer;
    this.storageBytes = storageBytes;
    this.largestFileBytes = largestFileBytes;
    this.filesPerUpload = filesPerUpload;
    this.apiDownloads = apiDownloads;
  }

  /** The plan's number on the wire. */
  public int offer() {
    return offer;
  }

  /** How many bytes all files of an account may have together. */
  public long storageBytes() {
    return storageBytes;
  }

  /** How many bytes one file may have. */
  public long largestFileBytes() {
    return largestFileBytes;
  }

  /** How many files one upload may carry. */
  public int filesPerUpload() {
    return filesPerUpload;
  }

  /** Whether a key of the account may ask for download tokens. */
  public boolean apiDownloads() {
    return apiDownloads;
  }

  /** Whether the account pays: what an ACL means by "premium". */
  public boolean paying() {
    return this != GUEST && this != FREE;
  }
}
