package io.consigne.core.audit;

import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.jobs.Background;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the log, notes what changes nothing, and removes what is too old. */
public final class Audit implements AutoCloseable {
  /** How many lines a page may have. */
  public static final int PAGE = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
  private static final int BATCH = 500;

  private final Database database;
  private final InstantSource clock;
  private final AuditLimits limits;
  private final BlockingQueue<Waiting> waiting;
  private final List<Waiting> batch = new ArrayList<>(BATCH);
  private final AtomicLong lost = new AtomicLong();
  private final Background rounds = new Background();

  /** Keeps the log in {@code database}. */
  public Audit(Database database, InstantSource clock, AuditLimits limits) {
    this.database = database;
    this.clock = clock;
    this.limits = limits;
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
            || failure instanceof Failure.NotFound
            || failure instanceof Failure.PlanLacks
            || failure instanceof Failure.NotAuthenticated;
    if (refused && account != null) {
      String outcome = call + ": " + failure.message();
      note(new Entry(account, actor, Action.CALL, outcome, things));
    }
  }

  /** Writes what waits. What finds no room on the disk is written first the next time. */
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
    boolean kept = false;
    try {
      database.write(sql -> {
        lines.forEach(line -> AuditLog.add(sql, line.at(), line.entry()));
        return lines.size();
      });
      kept = true;
    } catch (DatabaseFull e) {
      kept = true;
      throw e;
    } finally {
      if (!kept) {
        lost.addAndGet(lines.size());
        lines.clear();
      }
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
   * Lines of an account, newest first, those that wait included.
   *
   * @param since lines that are not older
   * @param before only lines with a lower id, to go on with; null for the newest
   * @param most how many, up to {@link #PAGE}
   */
  public List<Noted> list(AccountId account, Instant since, @Nullable Long before, int most) {
    writeIfPossible();
    return database.read(sql ->
        sql.list(
            """
            SELECT l.id, l.at, l.actor, a.email, k.hint, k.name, l.address, l.client, l.action, l.outcome,
              l.things
            FROM audit l
            LEFT JOIN accounts a ON a.id = l.actor_id
            LEFT JOIN api_keys k ON k.id = l.key_id
            WHERE l.account_id = ? AND l.id < ? AND l.at >= ?
            ORDER BY l.id DESC LIMIT ?
            """,
            Noted::read,
            account.value(),
            before == null ? Long.MAX_VALUE : before,
            since,
            Math.min(most, PAGE)));
  }

  /** Removes lines that are too old, in bounded transactions; nothing else ever removes one. */
  public void removeOld() {
    Instant oldest = clock.instant().minus(limits.keep());
    int removed;
    do {
      removed =
          database.write(sql ->
              sql.update(
                  """
                  DELETE FROM audit WHERE id IN (
                    SELECT id FROM audit WHERE at < ? ORDER BY at LIMIT ?)
                  """,
                  oldest,
                  BATCH));
    } while (removed == BATCH);
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

  private record Waiting(Instant at, Entry entry) {}
}
