package io.consigne.core.blobs;

import io.consigne.core.db.Database;
import io.consigne.core.db.HostFacts;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.RandomText;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What ties a store to its database: both hold the same random text. The database holds it as a
 * proposal until the store has it, so that a crash in between leaves neither alone with it.
 */
public final class StoreId {
  private static final String FILE = "store-id";
  private static final String ROW = "store";
  private static final String PROPOSED = "proposed ";
  private static final int LENGTH = 32;
  private static final String UNTIED = "node";

  private StoreId() {}

  /**
   * Makes sure that the store in {@code directory} is the database's own; if neither has met
   * another yet, they are tied.
   *
   * @throws io.consigne.core.failure.FailureException {@code Conflict} if they do not belong
   *     together; nothing was changed then
   */
  public static void check(Database database, Path directory, RandomGenerator random) {
    Optional<String> ofDatabase = database.read(StoreId::row);
    Optional<String> ofStore = new StoreNote(directory, FILE).read();
    if (ofDatabase.isEmpty() && ofStore.isEmpty()) {
      String drawn = RandomText.draw(random, "0123456789abcdef", LENGTH);
      database.change(sql -> put(sql, PROPOSED + drawn));
      tie(database, directory, drawn);
    } else if (ofDatabase.isPresent() && ofDatabase.get().startsWith(PROPOSED)) {
      String proposed = ofDatabase.get().substring(PROPOSED.length());
      requireSame(proposed, ofStore.orElse(proposed), directory);
      tie(database, directory, proposed);
    } else {
      requireSame(ofDatabase.orElse(null), ofStore.orElse(null), directory);
    }
  }

  /** The id that the database holds, if it has been tied to a store. */
  public static Optional<String> of(Database database) {
    return database.read(StoreId::row).filter(id -> !id.startsWith(PROPOSED));
  }

  /** What the host is called in rows that it works on: the id, or a word if there is none yet. */
  public static String nodeOf(Database database) {
    return of(database).orElse(UNTIED);
  }

  /** Marks a store, durably, as the one of that id. */
  public static void mark(Path directory, String id) {
    new StoreNote(directory, FILE).write(id);
  }

  private static void tie(Database database, Path directory, String id) {
    mark(directory, id);
    database.change(sql -> put(sql, id));
  }

  private static void requireSame(
      @Nullable String ofDatabase, @Nullable String ofStore, Path directory) {
    if (!Objects.equals(ofDatabase, ofStore)) {
      throw new Failure.Conflict(
              "The database and %s do not belong together: the database is of %s, this is %s"
                  .formatted(directory, named(ofDatabase), named(ofStore)))
          .asException();
    }
  }

  private static String named(@Nullable String id) {
    return id == null ? "no store yet" : "the store " + id;
  }

  private static Optional<String> row(Sql sql) {
    return HostFacts.get(sql, ROW);
  }

  private static void put(Sql sql, String value) {
    HostFacts.put(sql, ROW, value);
  }
}
