package io.consigne.core.keys;

import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.KeyId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done with keys. It is collected in memory and written in one batch now and then, so that
 * no request waits for it; what a host that is killed had not written is not known.
 */
public final class KeyUse {
  private static final Logger LOG = LoggerFactory.getLogger(KeyUse.class);
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  private final Database database;
  private final InstantSource clock;
  private final Map<Slot, Count> pending = new ConcurrentHashMap<>();

  KeyUse(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A key was shown and opened its account. */
  void called(KeyId key, Caller caller) {
    add(key, new Count(1, 0, 0, new Last(clock.instant(), caller)));
  }

  /** Files of so many bytes were put here with a key. */
  public void uploaded(KeyId key, long bytes) {
    add(key, new Count(0, bytes, 0, null));
  }

  /** So many bytes went out for a token of a key. */
  public void downloaded(KeyId key, long bytes) {
    add(key, new Count(0, 0, bytes, null));
  }

  private void add(KeyId key, Count count) {
    pending.merge(new Slot(key, day()), count, Count::plus);
  }

  private long day() {
    return Math.floorDiv(clock.instant().toEpochMilli(), DAY_MILLIS);
  }

  /** Writes what was collected, and forgets days that are too old. */
  public void write() {
    var batch = new HashMap<Slot, Count>();
    for (Slot slot : List.copyOf(pending.keySet())) {
      Count count = pending.remove(slot);
      if (count != null) {
        batch.put(slot, count);
      }
    }
    if (batch.isEmpty()) {
      return;
    }
    boolean written = false;
    try {
      write(batch);
      written = true;
    } finally {
      if (!written) {
        batch.forEach((slot, count) -> pending.merge(slot, count, Count::plus));
      }
    }
  }

  /** As {@link #write}, before a read, which goes on without: what is left is written later. */
  void writeIfPossible() {
    try {
      write();
    } catch (DatabaseException e) {
      LOG.debug("The use of keys is written later: {}", e.getMessage());
    }
  }

  private void write(Map<Slot, Count> batch) {
    long oldest = day() - KeyLimits.DAYS_KEPT;
    database.change(sql -> {
      batch.forEach((slot, count) -> write(sql, slot, count));
      sql.update("DELETE FROM key_days WHERE day <= ?", oldest);
    });
  }

  /** A key whose account was removed meanwhile is skipped. */
  private static void write(Sql sql, Slot slot, Count count) {
    long key = slot.key().value();
    if (sql.number("SELECT COUNT(*) FROM api_keys WHERE id = ?", key) == 0) {
      return;
    }
    sql.update(
        """
        INSERT INTO key_days (key_id, day, calls, uploaded_bytes, downloaded_bytes)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (key_id, day) DO UPDATE SET calls = key_days.calls + excluded.calls,
          uploaded_bytes = key_days.uploaded_bytes + excluded.uploaded_bytes,
          downloaded_bytes = key_days.downloaded_bytes + excluded.downloaded_bytes
        """,
        key,
        slot.day(),
        count.calls(),
        count.uploaded(),
        count.downloaded());
    Last last = count.last();
    if (last != null) {
      sql.update(
          """
          UPDATE api_keys SET used_at = ?, used_from = ?, used_by = ?
          WHERE id = ? AND (used_at IS NULL OR used_at <= ?)
          """,
          last.time(),
          last.caller().address().getHostAddress(),
          last.caller().client(),
          key,
          last.time());
    }
  }

  /** What was done with an account's keys on the last days, today included, newest first. */
  public List<KeyDay> days(AccountId account, int days) {
    writeIfPossible();
    return database.read(sql ->
        sql.list(
            """
            SELECT d.key_id, d.day, d.calls, d.uploaded_bytes, d.downloaded_bytes
            FROM key_days d JOIN api_keys k ON k.id = d.key_id
            WHERE k.account_id = ? AND d.day > ? ORDER BY d.day DESC
            """,
            KeyUse::read,
            account.value(),
            day() - days));
  }

  private static KeyDay read(Row row) {
    return new KeyDay(
        new KeyId(row.number("key_id")),
        LocalDate.ofEpochDay(row.number("day")),
        row.number("calls"),
        row.number("uploaded_bytes"),
        row.number("downloaded_bytes"));
  }

  private record Slot(KeyId key, long day) {}

  private record Last(Instant time, Caller caller) {}

  private record Count(long calls, long uploaded, long downloaded, @Nullable Last last) {
    Count plus(Count more) {
      return new Count(
          calls + more.calls,
          uploaded + more.uploaded,
          downloaded + more.downloaded,
          later(last, more.last));
    }

    private static @Nullable Last later(@Nullable Last one, @Nullable Last other) {
      if (one == null || other == null) {
        return one == null ? other : one;
      }
      return one.time().isAfter(other.time()) ? one : other;
    }
  }
}
