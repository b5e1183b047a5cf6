package io.consigne.core.blobs;

import io.consigne.core.db.Database;
import io.consigne.core.db.HostFacts;
import io.consigne.core.db.Sql;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a database that is older than its store, because a copy of it was put in its place: to such
 * a one, what was stored since is nobody's. Both hold a number that is raised while the host runs,
 * in the database first, so that the store's is the lower one whenever a crash comes between. While
 * the database is doubted, nothing that is stored is deleted.
 */
public final class DatabaseAge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseAge.class);
  private static final String FILE = "store-age";
  private static final String ROW = "age";
  private static final String DOUBTED = "age-doubted";

  private final Database database;
  private final StoreNote note;
  private final boolean putBack;
  private long entered;
  private long enteredBefore;

  private DatabaseAge(Database database, StoreNote note, boolean putBack) {
    this.database = database;
    this.note = note;
    this.putBack = putBack;
  }

  /**
   * Compares a database with the store in {@code directory}, which is its own, and doubts it if it
   * is older; ends an earlier doubt if it is not.
   */
  public static DatabaseAge check(Database database, Path directory) {
    var note = new StoreNote(directory, FILE);
    long ofStore = number(note.read().orElse(""));
    boolean older = database.<Boolean>read(sql -> number(sql) < ofStore);
    boolean doubted = database.<Boolean>read(DatabaseAge::isDoubted);
    if (older) {
      database.change(sql -> HostFacts.put(sql, DOUBTED, Long.toString(ofStore)));
      LOG.error(
          "The database is older than the store in {}: a copy of it must have been put in its"
              + " place. Nothing is deleted from the store. Put the newer database back; or stop"
              + " the host and remove {} to go on with this one, without what only the newer one"
              + " knows",
          directory,
          note.file());
    } else if (doubted) {
      database.change(sql -> HostFacts.remove(sql, DOUBTED));
    }
    return new DatabaseAge(database, note, older || doubted);
  }

  /** Whether the database was older than its store when it was compared last. */
  public static boolean isDoubted(Sql sql) {
    return HostFacts.get(sql, DOUBTED).isPresent();
  }

  /** Whether it was older when it was compared now, or the time before. */
  public boolean wasPutBack() {
    return putBack;
  }

  /** Makes all copies of the database that were made until now older ones. */
  public void raise() {
    long raised =
        database.write(sql -> {
          if (isDoubted(sql)) {
            return 0L;
          }
          long next = number(sql) + 1;
          HostFacts.put(sql, ROW, Long.toString(next));
          return next;
        });
    if (raised > 0) {
      note.write(Long.toString(raised));
    }
  }

  /**
   * Raises it if bytes were entered since the call before the last, so that a copy of before is
   * older. At the last one, the transaction that enters them may have been open yet. For one
   * thread.
   *
   * @param now how often bytes were entered in this run
   */
  public void raiseAfter(long now) {
    boolean news = now != enteredBefore;
    enteredBefore = entered;
    entered = now;
    if (news) {
      raise();
    }
  }

  /** Raises it for the last time, if that can be. */
  @Override
  public void close() {
    try {
      raise();
    } catch (RuntimeException e) {
      LOG.warn("The age of the database could not be written down", e);
    }
  }

  private static long number(Sql sql) {
    return number(HostFacts.get(sql, ROW).orElse(""));
  }

  private static long number(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }
}
