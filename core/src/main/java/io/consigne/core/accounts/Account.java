package io.consigne.core.accounts;

import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An owner of files.
 *
 * @param id its number
 * @param email what it is known by; for the account {@code admin} and the guests' a plain word
 * @param allowance its plan, and how much it may have
 * @param root the folder that is 0 on the wire
 * @param usedBytes what its files have together
 * @param items how many files and folders it has, without its root
 * @param settings what its owner chose
 * @param created when it was made
 * @param disabledOrNull since when it is disabled, null if it is not
 */
public record Account(
    AccountId id,
    String email,
    Allowance allowance,
    FolderId root,
    long usedBytes,
    long items,
    Settings settings,
    Instant created,
    @Nullable Instant disabledOrNull) {
  /** What it may use. */
  public Plan plan() {
    return allowance.plan();
  }

  /** Since when the account is disabled. */
  public Optional<Instant> disabled() {
    return Optional.ofNullable(disabledOrNull);
  }

  /** The bytes that its quota leaves; {@link Plan#UNLIMITED} if only the disk counts. */
  public long availableBytes() {
    return availableBytesWhere(usedBytes);
  }

  /** The bytes that its quota would leave if so many were used. */
  public long availableBytesWhere(long used) {
    return allowance.storageBytes() == Plan.UNLIMITED
        ? Plan.UNLIMITED
        : Math.max(0, allowance.storageBytes() - used);
  }
}
