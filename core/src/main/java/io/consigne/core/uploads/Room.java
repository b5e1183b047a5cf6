package io.consigne.core.uploads;

import io.consigne.core.accounts.Allowance;
import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.tree.RoomLeft;
import org.jspecify.annotations.Nullable;

/** The bytes and files that an account has left, counted down file by file. */
final class Room {
  private final boolean told;
  private final boolean figures;
  private final Allowance allowed;
  private long left;
  private long places;

  private Room(Row row, AccountId account, Sender sender) {
    allowed = Allowance.read(row);
    left = allowed.storageBytes() - row.number("taken");
    places = allowed.items() - row.number("items");
    told = row.number("webhooks") > 0;
    figures =
        !sender.guest()
            && RoomLeft.isTold(sender.access(), account, new FolderId(row.number("root_id")));
  }

  /**
   * What the account has left now. How much that is, refusals tell a sender that sees all of it.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotFound} if there is no such account
   */
  static Room of(Sql sql, AccountId account, Sender sender) {
    return sql.first(
            """
            SELECT root_id, plan, quota_bytes, quota_items, items, used_bytes + reserved_bytes AS taken,
              (SELECT COUNT(*) FROM webhooks w WHERE w.account_id = accounts.id) AS webhooks
            FROM accounts WHERE id = ?
            """,
            row -> new Room(row, account, sender),
            account.value())
        .orElseThrow(() -> new Failure.NotFound().asException());
  }

  /** Whether its owner may want to be told what happens to it. */
  boolean told() {
    return told;
  }

  /** Takes room for a file; if there is not enough, nothing is taken, and this is why. */
  @Nullable Failure refusal(long bytes) {
    if (offer(bytes)) {
      return null;
    }
    return tooLittle(bytes);
  }

  /** Why there is not enough room for a file, null if there is; takes nothing. */
  @Nullable Failure lack(long bytes) {
    return isEnough(bytes) ? null : tooLittle(bytes);
  }

  private Failure tooLittle(long bytes) {
    return places < 1 ? new Failure.TooManyItems(allowed.items()) : exceeded(bytes, left);
  }

  /** The refusal of a file for which that is left. */
  Failure exceeded(long bytes, long available) {
    return new Failure.QuotaExceeded(bytes, Math.max(0, available), figures);
  }

  /** How many bytes are left. */
  long left() {
    return Math.max(0, left);
  }

  /** Takes room for a file if there is enough. */
  boolean offer(long bytes) {
    if (!isEnough(bytes)) {
      return false;
    }
    left -= bytes;
    places--;
    return true;
  }

  private boolean isEnough(long bytes) {
    return bytes <= left && places >= 1;
  }
}
