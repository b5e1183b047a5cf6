package io.consigne.core.audit;

import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseAway;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.db.DatabaseStopped;
import io.consigne.core.db.RemovalTime;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.jobs.Background;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the log, notes what changes nothing, and removes what is too old. */
public final class Audit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
  private static final int BATCH = 500;

  /** How often lines are tried that the database refuses for no reason that will pass. */
  private static final int TRIES = 100;

  private final Database database;
  private final InstantSource clock;
  private final AuditLimits limits;
  private final RemovalTime removal;
  private final BlockingQueue<Waiting> waiting;
  private final List<Waiting> batch = new ArrayList<>(BATCH);
  private final AtomicLong lost = new AtomicLong();
  private int failures;
  private final Background rounds = new Background();

  /** Keeps the log in {@code database}. */
  public Audit(Database database, InstantSource clock, AuditLimits limits) {
    this.database = database;
    this.clock = clock;
    this.limits = limits;
    this.removal = new RemovalTime(database, clock, "audit");
    this.waiting = new ArrayBlockingQueue<>(limits.waitingLines());
  }

  /** Begins to write what waits. */
  public void start() {
    rounds.every(limits.pause(), "audit log", this::write);
  }

  /**
   * Notes something that changed nothing: a download, a refusal. The line is written within the
   * limits' pause; a host that is killed before has not noted it.
   */
  public void note(Entry entry) {
    if (!waiting.offer(new Waiting(clock.instant(), entry))) {
      lost.incrementAndGet();
    }
  }

  /**
   * Notes what the holder of a key or password was refused; a mistyped or impossible request is not
   * noted.
   *
   * @param call the path that was called
   * @param things what the request named; never a secret
   */
  public void refused(Actor actor, String call, List<String> things, Failure failure) {
    AccountId account = actor.accountOrNull();
    boolean refused =
        failure instanceof Failure.NotAllowed
            || failure instanceof Failure.NotAdmitted
            || failure instanceof Failure.NotFound
            || failure instanceof Failure.PlanLacks
            || failure instanceof Failure.NotAuthenticated;
    if (refused && account != null) {
      String outcome = call + ": " + failure.message();
      note(new Entry(account, actor, Action.CALL, outcome, things));
    }
  }

  /** Writes what waits. What could not be written is written first the next time. */
  private synchronized void write() {
    waiting.drainTo(batch, BATCH - batch.size());
    while (!batch.isEmpty()) {
      write(batch);
      batch.clear();
      waiting.drainTo(batch, BATCH);
    }
    long gone = lost.getAndSet(0);
    if (gone > 0) {
      LOG.warn("{} lines about refusals and downloads were too many for the audit log", gone);
    }
  }

  private void write(List<Waiting> lines) {
    try {
      database.change(sql -> {
        lines.forEach(line -> AuditLog.add(sql, line.at(), line.entry()));
      });
      failures = 0;
    } catch (DatabaseFull | DatabaseAway | DatabaseStopped e) {
      throw e;
    } catch (DatabaseException e) {
      if (++failures == TRIES) {
        LOG.error("{} lines cannot be written to the audit log, and are lost", lines.size(), e);
        lines.clear();
        failures = 0;
      }
      throw e;
    }
  }

  private void writeIfPossible() {
    try {
      write();
    } catch (DatabaseException e) {
      LOG.debug("Lines of the audit log are written later: {}", e.getMessage());
    }
  }

  /**
   * Lines of an account, newest first, those that wait included, as {@code reader} may see them.
   *
   * @param since lines that are not older
   * @param before only lines with a lower id, to go on with; null for the newest
   * @param most how many, up to {@link AuditLimits#LINES_A_PAGE}; long lines are fewer
   */
  public Page list(
      AccountId account, Reader reader, Instant since, @Nullable Long before, int most) {
    writeIfPossible();
    int length = Math.min(most, AuditLimits.LINES_A_PAGE);
    return database.read(sql -> {
      List<Length> found = lengths(sql, account, since, before, length);
      int fitting = fitting(found);
      List<Noted> lines =
          fitting == 0 ? List.of() : lines(sql, account, reader, since, found.subList(0, fitting));
      return new Page(lines, found.size() == length || fitting < found.size());
    });
  }

  private static List<Length> lengths(
      Sql sql, AccountId account, Instant since, @Nullable Long before, int most) {
    return sql.list(
        """
        SELECT id, LENGTH(things) AS characters FROM audit
        WHERE account_id = ? AND id < ? AND at >= ? ORDER BY id DESC LIMIT ?
        """,
        row -> new Length(row.number("id"), row.number("characters")),
        account.value(),
        before == null ? Long.MAX_VALUE : before,
        since,
        most);
  }

  /** How many lines a page has, so that its memory is bounded. */
  private static int fitting(List<Length> found) {
    long characters = 0;
    int lines = 0;
    while (lines < found.size() && characters < AuditLimits.CHARACTERS_A_PAGE) {
      characters += found.get(lines++).characters();
    }
    return lines;
  }

  private static List<Noted> lines(
      Sql sql, AccountId account, Reader reader, Instant since, List<Length> found) {
    return sql.list(
        """
        SELECT l.id, l.at, l.actor, l.actor_id, a.email, k.hint, k.name, l.address, l.client,
          l.action, l.outcome, l.things
        FROM audit l
        LEFT JOIN accounts a ON a.id = l.actor_id
        LEFT JOIN api_keys k ON k.id = l.key_id
        WHERE l.account_id = ? AND l.id <= ? AND l.id >= ? AND l.at >= ?
        ORDER BY l.id DESC
        """,
        row -> Noted.read(row, reader == Reader.OPERATOR, account),
        account.value(),
        found.getFirst().id(),
        found.getLast().id(),
        since);
  }

  /**
   * Removes lines that are too old, in bounded transactions; nothing else ever removes one. A line
   * that stands behind one that is not too old was written by a clock that was behind, and is as
   * young: it stays as long as that one. Where all are too old, all stay.
   */
  public void removeOld() {
    Instant oldest = removal.next().minus(limits.keep());
    OptionalLong kept = database.read(sql -> firstKept(sql, oldest));
    if (kept.isEmpty()) {
      return;
    }
    int removed;
    do {
      removed =
          database.write(sql ->
              sql.update(
                  """
                  DELETE FROM audit WHERE id IN (
                    SELECT id FROM audit WHERE at < ? AND id < ? ORDER BY at LIMIT ?)
                  """,
                  oldest,
                  kept.getAsLong(),
                  BATCH));
    } while (removed == BATCH && !Background.isEnding());
  }

  private OptionalLong firstKept(Sql sql, Instant oldest) {
    return sql.first(
            "SELECT id FROM audit WHERE at >= ? AND at <= ? ORDER BY at, id LIMIT 1",
            row -> OptionalLong.of(row.number("id")),
            oldest,
            clock.instant())
        .orElse(OptionalLong.empty());
  }

  /** Writes what waits, and ends. */
  @Override
  public void close() {
    rounds.close();
    try {
      write();
    } catch (DatabaseException e) {
      LOG.error("The last lines of the audit log could not be written", e);
    }
  }

  /** Who reads the log of an account. */
  public enum Reader {
    /** Who has the account: of others only what they did in folders that are open to them. */
    OWNER,
    /** Who has the host. */
    OPERATOR
  }

  /**
   * A part of the log.
   *
   * @param lines newest first
   * @param more whether there may be older ones
   */
  public record Page(List<Noted> lines, boolean more) {
    /** Copies the lines. */
    public Page {
      lines = List.copyOf(lines);
    }
  }

  private record Length(long id, long characters) {}

  private record Waiting(Instant at, Entry entry) {}
}
