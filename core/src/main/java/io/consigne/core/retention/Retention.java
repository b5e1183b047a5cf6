package io.consigne.core.retention;

import io.consigne.core.accounts.Plan;
import io.consigne.core.audit.Actor;
import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.db.HostFacts;
import io.consigne.core.db.RemovalTime;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FileId;
import io.consigne.core.tree.FileRows;
import io.consigne.core.tree.StoredFile;
import io.consigne.core.tree.StoredFiles;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces the removal of files that nobody downloads, and removes them when their time has come.
 * What is to go is looked up in the transaction that removes it, so that a plan that pays, or a
 * written download, saves a file up to that moment.
 */
public final class Retention implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int BATCH = 200;
  private static final int MOST_BATCHES = 50;
  private static final String SINCE = "retention-since";
  private static final String UNBROKEN = "retention-unbroken";

  /** The plans that have a rule, as a list of SQL. */
  private static final String RULED =
      Arrays.stream(Plan.values())
          .filter(plan -> RetentionRule.of(plan).isPresent())
          .map(plan -> "'" + plan.name() + "'")
          .collect(Collectors.joining(", "));

  private static final Duration LONGEST_NOTICE =
      Arrays.stream(Plan.values())
          .flatMap(plan -> RetentionRule.of(plan).stream())
          .map(RetentionRule::notice)
          .max(Comparator.naturalOrder())
          .orElseThrow();

  private final Database database;
  private final StoredFiles files;
  private final InstantSource clock;
  private final LastDownloads downloads;
  private final RemovalTime removal;
  private final ClockGain gain;
  private Instant since = Instant.MAX;
  private boolean wasBehind;

  /** Removes files of {@code database}, once it is started. */
  public Retention(Database database, StoredFiles files, InstantSource clock) {
    this(database, files, clock, ClockGain.machineTime());
  }

  /** With another count of time than the machine's. */
  Retention(Database database, StoredFiles files, InstantSource clock, LongSupplier nanoTime) {
    this.database = database;
    this.files = files;
    this.clock = clock;
    this.downloads = new LastDownloads(database, clock);
    this.removal = new RemovalTime(database, clock, "retention");
    this.gain = new ClockGain(clock, nanoTime);
  }

  /** When files were last downloaded. */
  public LastDownloads downloads() {
    return downloads;
  }

  /**
   * Takes up the work. If every download since the last time is known, it goes on; else, after a
   * crash, a time without retention or by a clock that was behind, each file counts as downloaded
   * now. On a full disk, the first round that finds room does so.
   */
  public void start() {
    try {
      takeUp();
    } catch (DatabaseFull e) {
      LOG.warn("The disk is full: nothing is removed that nobody downloads until there is room");
    }
  }

  private void takeUp() {
    if (since.equals(Instant.MAX)) {
      since = database.write(sql -> isKnown(sql) ? since(sql) : begin(sql));
    }
  }

  private boolean isKnown(Sql sql) {
    return unbroken(sql) && !removal.wasBehind(sql);
  }

  /** Notes that from now on nobody looks who downloads what; announced removals are off. */
  public void leaveOff() {
    boolean before = database.<Boolean>read(sql -> unbroken(sql) || anyAnnounced(sql));
    if (before) {
      database.change(sql -> {
        HostFacts.remove(sql, UNBROKEN);
        clearAnnounced(sql);
      });
    }
  }

  /** Notes of a database that was restored that nobody knows who downloaded what since. */
  public static void breakOff(Database database) {
    database.change(sql -> {
      HostFacts.remove(sql, UNBROKEN);
    });
  }

  private static boolean unbroken(Sql sql) {
    return HostFacts.get(sql, UNBROKEN).isPresent();
  }

  private static boolean anyAnnounced(Sql sql) {
    return sql.first("SELECT id FROM files WHERE removal_at IS NOT NULL LIMIT 1", row -> true)
        .orElse(false);
  }

  private static Instant since(Sql sql) {
    HostFacts.remove(sql, UNBROKEN);
    return HostFacts.get(sql, SINCE).map(Instant::parse).orElseThrow();
  }

  private Instant begin(Sql sql) {
    Instant now = clock.instant();
    HostFacts.remove(sql, UNBROKEN);
    clearAnnounced(sql);
    HostFacts.put(sql, SINCE, now.toString());
    removal.set(sql, now);
    return now;
  }

  private static void clearAnnounced(Sql sql) {
    sql.update("UPDATE files SET removal_at = NULL WHERE removal_at IS NOT NULL");
  }

  /**
   * Writes downloads, announces removals and removes what is due; some of it if it is much. If the
   * clock was behind, each file counts as downloaded now instead: nobody knows by how much those of
   * the meantime are younger than they seem.
   */
  public void round() {
    takeUp();
    downloads.write();
    beginAnewIfBehind();
    Instant now = removal.next();
    pullBack();
    for (Plan plan : Plan.values()) {
      RetentionRule.of(plan).ifPresent(rule -> announce(plan, rule, now));
    }
    for (int batch = 0; batch < MOST_BATCHES; batch++) {
      if (database.write(sql -> removeDue(sql, now)) < BATCH) {
        return;
      }
    }
  }

  private void beginAnewIfBehind() {
    wasBehind |= gain.next().compareTo(RetentionLimits.MOST_GAIN) > 0;
    if (wasBehind) {
      since = database.write(this::begin);
      wasBehind = false;
      LOG.warn("The clock was set forward by more than a day: each file counts as downloaded now");
    }
  }

  /** Writes down the downloads since the last time. */
  public void writeDownloads() {
    downloads.write();
  }

  /**
   * What a clock announced that was ahead is announced anew, with a whole notice. That it counted
   * downloads only from its own time on is made up for when the time of removals has come all the
   * way back: else a clock that is behind now would make up for what never was.
   */
  private void pullBack() {
    Instant latest = clock.instant().plus(LONGEST_NOTICE);
    String ahead = "SELECT id FROM files WHERE removal_at > ? LIMIT ?";
    boolean any = database.read(sql -> sql.first(ahead, row -> true, latest, 1).orElse(false));
    for (int batch = 0; any && batch < MOST_BATCHES; batch++) {
      String clear = "UPDATE files SET removal_at = NULL WHERE id IN (" + ahead + ")";
      any = database.write(sql -> sql.update(clear, latest, BATCH)) == BATCH;
    }
    Instant now = clock.instant();
    boolean back =
        database.<Boolean>read(sql -> removal.reached(sql).filter(now::isBefore).isEmpty());
    if (back && since.isAfter(now)) {
      since = now;
      database.change(sql -> {
        HostFacts.put(sql, SINCE, now.toString());
      });
    }
  }

  private void announce(Plan plan, RetentionRule rule, Instant now) {
    Instant unused = now.minus(rule.life()).plus(rule.notice());
    if (since.isAfter(unused)) {
      return;
    }
    Instant removalAt = clock.instant().plus(rule.notice());
    long after = 0;
    for (int batch = 0; batch < MOST_BATCHES; batch++) {
      long from = after;
      List<FileId> found = database.read(sql -> unused(sql, plan, unused, from));
      if (found.isEmpty()) {
        return;
      }
      int announced = database.write(sql -> announce(sql, found, removalAt));
      LOG.info(
          "{} files of {} accounts will be removed from {} on, since nobody downloads them",
          announced,
          plan,
          removalAt);
      after = found.getLast().value();
    }
  }

  private static List<FileId> unused(Sql sql, Plan plan, Instant cutoff, long after) {
    return sql.list(
        """
        SELECT f.id FROM files f JOIN accounts a ON a.id = f.account_id
        WHERE a.plan = ? AND f.id > ? AND f.removed_at IS NULL AND f.removal_at IS NULL
          AND f.uploaded_at <= ? AND COALESCE(f.downloaded_at, 0) <= ?
        ORDER BY f.id LIMIT ?
        """,
        row -> new FileId(row.number("id")),
        plan.name(),
        after,
        cutoff,
        cutoff,
        BATCH);
  }

  private static int announce(Sql sql, List<FileId> found, Instant removalAt) {
    int announced = 0;
    for (FileId file : found) {
      announced +=
          sql.update(
              "UPDATE files SET removal_at = ? WHERE id = ? AND removal_at IS NULL",
              removalAt,
              file.value());
    }
    return announced;
  }

  private int removeDue(Sql sql, Instant now) {
    List<FileId> due =
        sql.list(
            """
            SELECT f.id FROM files f JOIN accounts a ON a.id = f.account_id
            WHERE f.removal_at <= ? AND f.removed_at IS NULL AND a.plan IN (%s)
            ORDER BY f.removal_at, f.id LIMIT ?
            """
                .formatted(RULED),
            row -> new FileId(row.number("id")),
            now,
            BATCH);
    for (FileId file : due) {
      if (!downloads.remembers(file)) {
        FileRows.byId(sql, file).ifPresent(found -> remove(sql, found));
      }
    }
    return due.size();
  }

  private void remove(Sql sql, StoredFile file) {
    files.remove(sql, file, Actor.HOST);
    LOG.info("Nobody downloaded file {} of account {}: removed", file.id(), file.account());
  }

  /**
   * The files of an account whose removal is announced, the next one first; of many, the first
   * {@value RetentionLimits#LISTED}.
   */
  public List<StoredFile> announced(AccountId account) {
    return database.read(sql -> {
      var all = new ArrayList<StoredFile>();
      sql.list(
              """
              SELECT id FROM files WHERE account_id = ? AND removal_at IS NOT NULL
                AND removed_at IS NULL ORDER BY removal_at, id LIMIT ?
              """,
              row -> new FileId(row.number("id")),
              account.value(),
              RetentionLimits.LISTED)
          .forEach(id -> FileRows.byId(sql, id).ifPresent(all::add));
      return all;
    });
  }

  /** Writes the last downloads, and that none is missing. */
  @Override
  public void close() {
    if (!since.equals(Instant.MAX)) {
      try {
        downloads.write();
        database.change(sql -> {
          HostFacts.put(sql, UNBROKEN, "yes");
        });
      } catch (RuntimeException e) {
        LOG.error("The last downloads could not be written", e);
      }
    }
  }
}
