package io.consigne.core.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.db.Database;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.failure.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store is used with its own database and no other. */
class StoreIdTest {
  @TempDir Path temporary;
  private Path store;
  private Database database;

  @BeforeEach
  void open() throws IOException {
    store = Files.createDirectory(temporary.resolve("store"));
    database = TestDatabases.sqlite(Files.createDirectory(temporary.resolve("db")));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void check() {
    StoreId.check(database, store, new Random());
  }

  @Test
  void newPair_isTied_andStaysIt() throws IOException {
    assertThat(StoreId.of(database)).isEmpty();
    check();
    String id = StoreId.of(database).orElseThrow();
    assertThat(id).matches("[0-9a-f]{32}");
    assertThat(Files.readString(store.resolve("store-id"))).isEqualTo(id + "\n");
    check();
    assertThat(StoreId.of(database)).contains(id);
  }

  @Test
  void anotherStore_isRefused() throws IOException {
    check();
    String id = StoreId.of(database).orElseThrow();
    Files.writeString(store.resolve("store-id"), "another\n");
    assertThatThrownBy(this::check)
        .isInstanceOf(FailureException.class)
        .hasMessage(
            "The database and %s do not belong together: the database is of the store %s, this is"
                + " the store another",
            store, id);
    assertThat(Files.readString(store.resolve("store-id"))).isEqualTo("another\n");
    assertThat(StoreId.of(database)).contains(id);
  }

  @Test
  void storeThatIsGone_isRefused() throws IOException {
    check();
    Files.delete(store.resolve("store-id"));
    assertThatThrownBy(this::check).hasMessageEndingWith(", this is no store yet");
    assertThat(store).isEmptyDirectory();
  }

  @Test
  void newDatabase_besideAnOldStore_isRefused() throws IOException {
    Files.writeString(store.resolve("store-id"), "old\n");
    assertThatThrownBy(this::check)
        .hasMessageEndingWith("the database is of no store yet, this is the store old");
    assertThat(StoreId.of(database)).isEmpty();
  }

  @Test
  void crashBetweenTheTwo_isMadeUpFor() throws IOException {
    for (boolean marked : new boolean[] {false, true}) {
      database.change(sql ->
          sql.update(
              """
              INSERT INTO host (name, value) VALUES ('store', 'proposed 17')
              ON CONFLICT (name) DO UPDATE SET value = excluded.value
              """));
      Files.deleteIfExists(store.resolve("store-id"));
      if (marked) {
        StoreId.mark(store, "17");
      }
      assertThat(StoreId.of(database)).isEmpty();
      check();
      assertThat(StoreId.of(database)).contains("17");
      assertThat(Files.readString(store.resolve("store-id"))).isEqualTo("17\n");
    }
  }

  @Test
  void proposalForAStore_thatHasAnother_isRefused() throws IOException {
    database.change(
        sql -> sql.update("INSERT INTO host (name, value) VALUES ('store', 'proposed 17')"));
    Files.writeString(store.resolve("store-id"), "18\n");
    assertThatThrownBy(this::check).hasMessageEndingWith("of the store 17, this is the store 18");
  }
}
