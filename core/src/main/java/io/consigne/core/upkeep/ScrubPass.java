package io.consigne.core.upkeep;

import io.consigne.core.blobs.BlobReader;
import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.Segment;
import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the segments that the database knows, from where the state says to the end. */
final class ScrubPass {
  private static final long KEPT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final Logger LOG = LoggerFactory.getLogger(ScrubPass.class);
  private static final String WHAT = "Reading what is stored";

  private final UpkeepStores stores;
  private final InstantSource clock;
  private final ReadRate rate;
  private final Watcher<Damage> watcher;
  private final BooleanSupplier goesOn;
  private final long totalBytes;
  private ScrubState state;

  /** What was found since the state was written, to be written with it. */
  private final List<Consumer<Sql>> found = new ArrayList<>();

  private long keptAt = System.nanoTime();

  /**
   * Goes on from {@code state}.
   *
   * @param goesOn asked between two reads; false stops the pass
   */
  ScrubPass(
      UpkeepStores stores,
      InstantSource clock,
      ScrubState state,
      Guidance guidance,
      BooleanSupplier goesOn) {
    this.stores = stores;
    this.clock = clock;
    this.state = state;
    this.rate = guidance.rate();
    this.watcher = guidance.watcher();
    this.goesOn = goesOn;
    this.totalBytes =
        KnownSegments.bytes(stores.database(), state.place().from())
            + state.bytes()
            - state.place().offset();
  }

  /**
   * Reads until the end, or until it is told to stop; the state is kept in either case.
   *
   * @return the state that was kept
   */
  ScrubState run() {
    try {
      if (isRead(new KnownSegments(stores.database(), state.place().from()))) {
        write();
        DamageList.endPass(stores.database(), state.began());
        state = state.end(clock.instant());
      }
    } catch (RuntimeException | Error e) {
      keepAfter(e);
      throw e;
    }
    keep();
    return state;
  }

  private boolean isRead(KnownSegments known) {
    for (List<Segment> file = known.next(); !file.isEmpty(); file = known.next()) {
      for (Segment segment : file) {
        if (!state.place().isBehind(segment) && !isRead(segment)) {
          return false;
        }
      }
    }
    return true;
  }

  /** False if the pass was told to stop before the end of the segment. */
  private boolean isRead(Segment segment) {
    try (BlobReader reader = open(stores.blobs(), segment)) {
      for (ByteBuffer next = reader.next(); next != null; next = reader.next()) {
        state = state.within(segment, next.remaining());
        rate.took(next.remaining());
        goOn();
        if (!goesOn.getAsBoolean()) {
          return false;
        }
      }
    } catch (FailureException e) {
      if (e.failure() instanceof Failure.Rotten(String where)) {
        damaged(segment, where);
      } else {
        unread(segment, e.failure().message());
      }
    } catch (UncheckedIOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      unread(segment, String.valueOf(e.getCause()));
    }
    state = state.after(segment);
    goOn();
    return goesOn.getAsBoolean();
  }

  private BlobReader open(Blobs blobs, Segment segment) {
    return blobs.open(segment, state.place().doneOf(segment), segment.length());
  }

  private void damaged(Segment segment, String what) {
    Database database = stores.database();
    Optional<Damage> damage =
        database.read(sql -> DamageList.describe(sql, segment, what, clock.instant()));
    if (damage.isPresent()) {
      Instant began = state.began();
      watcher.found(damage.get());
      found.add(sql -> DamageList.add(sql, segment, what, began, damage.get().found()));
    }
  }

  /** It is neither sound nor damaged: what was known of it stays known. */
  private void unread(Segment segment, String why) {
    Database database = stores.database();
    Optional<Damage> unread =
        database.read(sql -> DamageList.describe(sql, segment, why, clock.instant()));
    if (unread.isPresent()) {
      state = state.withUnread();
      Instant began = state.began();
      watcher.found(unread.get().asUnread());
      found.add(sql -> DamageList.keep(sql, segment, began));
    }
  }

  private void goOn() {
    watcher.progress(Progress.bytes(WHAT, state.bytes(), Math.max(totalBytes, state.bytes())));
    if (System.nanoTime() - keptAt > KEPT_EVERY_NANOS) {
      keep();
    }
  }

  /** On a full disk, all is known to this pass alone until there is room. */
  private void keep() {
    try {
      write();
    } catch (DatabaseFull e) {
      LOG.debug("The state of the pass is in memory alone: {}", e.getMessage());
    }
  }

  private void keepAfter(Throwable fault) {
    try {
      write();
    } catch (DatabaseException e) {
      fault.addSuppressed(e);
    }
  }

  private void write() {
    ScrubState now = state;
    keptAt = System.nanoTime();
    stores
        .database()
        .change(sql -> {
          found.forEach(each -> each.accept(sql));
          now.store(sql);
        });
    found.clear();
  }

  /**
   * How a pass is run.
   *
   * @param rate how fast it reads
   * @param watcher who hears of it
   */
  record Guidance(ReadRate rate, Watcher<Damage> watcher) {}
}
