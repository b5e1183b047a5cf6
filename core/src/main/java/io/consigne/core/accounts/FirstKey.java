package io.consigne.core.accounts;

import io.consigne.core.db.Database;
import io.consigne.core.db.HostFacts;
import java.util.Optional;

/**
 * Whether the first account's key is yet to be seen. That it is made is noted before, and that it
 * was seen after: a start that was killed in between is made up for by the next one.
 */
public final class FirstKey {
  private static final String ROW = "first-key";

  private final Database database;

  /** Notes it in {@code database}. */
  public FirstKey(Database database) {
    this.database = database;
  }

  /** Where a key was to be seen that may never have been; empty if there is none such. */
  public Optional<String> unseen() {
    return database.read(sql -> HostFacts.get(sql, ROW));
  }

  /** Notes that a key is made, to be seen at {@code place}. */
  public void begin(String place) {
    database.change(sql -> {
      HostFacts.put(sql, ROW, place);
    });
  }

  /** Notes that the key was seen, or is gone. */
  public void end() {
    database.change(sql -> {
      HostFacts.remove(sql, ROW);
    });
  }
}
