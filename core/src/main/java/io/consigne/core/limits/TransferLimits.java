package io.consigne.core.limits;

/**
 * How much one account, or one address without an account, may transfer in one direction.
 *
 * @param files how many files at once
 * @param connections how many requests at once, whatever the files: a player reads several ranges
 * @param bytesPerDay of a day in UTC; a transfer that began before they were used up may end
 * @param bytesPerSecond of all its transfers together
 * @param leastFileBytes what a smaller uploaded file counts as, so that a day has so many files
 */
public record TransferLimits(
    int files, int connections, long bytesPerDay, long bytesPerSecond, long leastFileBytes) {
  /** Stands for no limit. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** Only so many at once. */
  static TransferLimits atOnce(int files) {
    return new TransferLimits(files, files, UNLIMITED, UNLIMITED);
  }

  /** Each file counts as what it has. */
  TransferLimits(int files, int connections, long bytesPerDay, long bytesPerSecond) {
    this(files, connections, bytesPerDay, bytesPerSecond, 0);
  }

  /** Refuses what would let nothing through. */
  public TransferLimits {
    if (files < 1 || connections < files || bytesPerDay < 1 || bytesPerSecond < 1) {
      throw new IllegalArgumentException("transfer limits without room");
    }
  }
}
