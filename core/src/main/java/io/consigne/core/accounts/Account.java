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
 * @param plan what it may use
 * @param root the folder that is 0 on the wire
 * @param usedBytes what its files have together
 * @param settings what its owner chose
 * @param created when it was made
 * @param disabledOrNull since when it is disabled, null if it is not
 */
public record Account(
    AccountId id,
    String email,
    Plan plan,
    FolderId root,
    long usedBytes,
    Settings settings,
    Instant created,
    @Nullable Instant disabledOrNull) {
  /** Since when the account is disabled. */
  public Optional<Instant> disabled() {
    return Optional.ofNullable(disabledOrNull);
  }

  /** The bytes that the plan leaves; {@link Plan#UNLIMITED} if only the disk counts. */
  public long availableBytes() {
    return availableBytesWhere(usedBytes);
  }

  /** The bytes that the plan would leave if so many were used. */
  public long availableBytesWhere(long used) {
    return plan.storageBytes() == Plan.UNLIMITED
        ? Plan.UNLIMITED
        : Math.max(0, plan.storageBytes() - used);
  }
}
