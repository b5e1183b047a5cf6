package io.consigne.core.remote;

import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import io.consigne.core.tree.Confinement;
import io.consigne.core.uploads.Sender;
import io.consigne.core.uploads.UploadForm;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a quota for the file of one try: of whoever owns the folder at the time. Of the
 * caller's own all that the source announces is kept at once, so that it does not fail near its
 * end; of anybody else's, or for a key that sees one folder alone, only as much ahead as has come,
 * and a step at most: what a source announces costs its sender nothing, and a source that sends
 * nothing holds nothing. Used by one thread.
 */
final class FetchQuota {
  private final FetchStores stores;
  private final FetchQueue queue;
  private final Claim claim;
  private final UploadForm form;
  private final long stepBytes;
  private OptionalLong announced = OptionalLong.empty();
  private long kept;

  /** Of whose quota that is. */
  private @Nullable Payer payer;

  FetchQuota(FetchStores stores, FetchQueue queue, Claim claim, UploadForm form, long stepBytes) {
    this.stores = stores;
    this.queue = queue;
    this.claim = claim;
    this.form = form;
    this.stepBytes = stepBytes;
  }

  /**
   * Takes what the source says of the whole file, of which so many bytes are there: if there is no
   * room for it, nothing more has to come.
   *
   * @throws FailureException {@code QuotaExceeded}, {@code TooManyItems}
   */
  void expect(OptionalLong length, long bytes) {
    announced = length;
    if (length.orElse(0) > kept) {
      keep(length.getAsLong(), bytes, true);
    }
  }

  /**
   * Makes sure that there is room for {@code count} bytes behind so many, and for as many more as
   * came, a step at most, or where that is not left, for half of what is: others need room, too,
   * and may have taken some of it meanwhile. Where the folder has become the caller's own, all that
   * is announced needs room.
   *
   * @throws FailureException {@code QuotaExceeded}, {@code TooManyItems}
   */
  void require(long bytes, int count) {
    long step = Math.max(count, Math.min(stepBytes, bytes + 2L * count));
    while (bytes + count > kept) {
      try {
        long next = Math.max(bytes + count, Math.min(bytes + step, announced.orElse(bytes + step)));
        keep(next, next, false);
      } catch (FailureException e) {
        if (step <= count
            || !(e.failure() instanceof Failure.QuotaExceeded full)
            || full.availableBytes() < bytes + count) {
          throw e;
        }
        step = Math.max(count, Math.min(step, full.availableBytes() - bytes) / 2);
      }
    }
  }

  /**
   * Keeps room of the quota of who owns the folder now, if that is somebody else than before: it
   * ends here, not when all has come, if there is none.
   */
  void followOwner(long bytes) {
    if (payer != null && !payer.equals(stores.database().<Payer>read(this::payer))) {
      keep(announced.orElse(kept), bytes, true);
    }
  }

  /**
   * Refuses if there is no room for {@code all}, of which so many bytes are there; and for what
   * begins, where not all is kept at once, if what other fetches of the account bring leaves none.
   */
  private void keep(long all, long bytes, boolean begins) {
    Payer now =
        stores
            .database()
            .write(sql -> {
              Payer owner = payer(sql);
              long whole = owner.whole(all, announced);
              long share = owner.share(whole, bytes);
              long others = 0;
              if (begins && announced.isPresent() && share < whole) {
                queue.announce(sql, claim, whole);
                others = queue.yetToCome(sql, claim, owner.account());
              }
              queue.reserve(sql, claim, owner.account(), whole + others);
              if (share < whole) {
                queue.reserve(sql, claim, owner.account(), share);
              }
              return owner;
            });
    payer = now;
    kept = now.share(now.whole(all, announced), bytes);
  }

  private Payer payer(Sql sql) {
    AccountId owner = stores.uploads().ownerOf(sql, Sender.identified(claim.access()), form);
    boolean own = owner.equals(claim.access().account());
    boolean sparing = !own || Confinement.isConfined(sql, claim.access());
    return new Payer(owner, sparing ? stepBytes : Payer.ALL);
  }

  /** Whose quota it is, and how much of it is kept at most beyond what has come. */
  private record Payer(AccountId account, long aheadBytes) {
    private static final long ALL = Long.MAX_VALUE;

    long whole(long all, OptionalLong announced) {
      return aheadBytes == ALL ? Math.max(all, announced.orElse(all)) : all;
    }

    long share(long all, long bytes) {
      return aheadBytes == ALL ? all : Math.min(all, bytes + Math.min(aheadBytes, bytes));
    }
  }
}
