package io.consigne.core.db;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The database of a host. The same SQL runs on SQLite and PostgreSQL.
 *
 * <p>Calls block and may come from virtual threads. Work runs on a thread of the database: it gets
 * a {@link Sql} that is good until it returns, does no I/O of its own, makes no call to the same
 * database ({@link IllegalStateException}), and keeps nothing of it.
 *
 * <p>A failure that the work throws comes out of the call unchanged, and undoes what that work did
 * and nothing else. {@link DatabaseException} stands for every fault of the database itself, and
 * for calls after {@link #close}.
 *
 * <p>A call ends with its outcome, also when its caller is interrupted; the thread stays
 * interrupted then.
 */
public interface Database extends AutoCloseable {
  /** Runs {@code work} on one consistent state of the database; it cannot change anything. */
  <T extends @Nullable Object> T read(Work<T> work);

  /**
   * Runs {@code work} alone, as if one after the other with every other write.
   *
   * <p>When this returns, what the work changed is durable and every later read sees it; when it
   * throws, nothing is changed, but for a {@link DatabaseUnsure}. The work may run more than once,
   * and each run starts from the state before it.
   *
   * @throws DatabaseUnsure if the commit failed: it is unknown then whether the work took effect.
   *     SQLite refuses every later write until the database is opened again; a PostgreSQL server
   *     sees to that by itself
   * @throws DatabaseException if a statement failed, whether or not the work went on after it
   */
  <T extends @Nullable Object> T write(Work<T> work);

  /** Runs {@code change} as {@link #write} runs work; for what has no result. */
  default void change(Change change) {
    write(sql -> {
      change.run(sql);
      return null;
    });
  }

  /**
   * A number that is another one after each write, from before the write is answered; empty where
   * others write, too.
   */
  default OptionalLong state() {
    return OptionalLong.empty();
  }

  /**
   * A mark of this moment, for {@link #isDecided}; a server may still be about to commit what a
   * host sent it that has been killed.
   */
  default long mark() {
    return 0;
  }

  /**
   * Whether every write that had begun at the mark, whoever began it, has ended one way or other.
   */
  default boolean isDecided(long mark) {
    return true;
  }

  /** What the database's own check finds damaged; empty if it has no such check. */
  default List<String> damage() {
    return List.of();
  }

  /** Whether it is a file of the host, and not kept by a server of its own. */
  default boolean isFile() {
    return true;
  }

  /** Rows that name a row that is missing, a sentence each; empty if that cannot be. */
  default List<String> dangling() {
    return List.of();
  }

  /** Waits for running work, refuses new work, closes. */
  @Override
  void close();

  /** Something to do with the database in one transaction. */
  @FunctionalInterface
  interface Change {
    /** Does it. */
    void run(Sql sql);
  }

  /** Something to do with the database in one transaction that has a result. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    /** Does it. */
    T run(Sql sql);
  }
}
