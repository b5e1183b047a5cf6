package io.consigne.core.testing;

import io.consigne.core.db.DatabaseException;
import java.io.IOException;
import java.util.function.Predicate;

/**
 * The steps by which a change comes to be: each system call of the store, each statement that
 * changes rows, each commit. At each, something may be looked at, or the step may be made to fail.
 */
public final class Steps {
  private volatile Predicate<String> watcher = step -> false;

  /** Asks {@code fails} before each step whether it fails. */
  public void watch(Predicate<String> fails) {
    watcher = fails;
  }

  /** Lets all steps succeed again. */
  public void watchNoMore() {
    watcher = step -> false;
  }

  /** A step of the store. */
  public void store(String step) throws IOException {
    if (watcher.test(step)) {
      throw new IOException("injected failure of " + step);
    }
  }

  /** A step of the database. */
  public void database(String step) {
    if (watcher.test(step)) {
      throw new DatabaseException("injected failure of " + step);
    }
  }
}
