package io.consigne.core.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.ContentId;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contents, their references, and the counts of store files. */
class ContentsTest {
  private static final AccountId ALICE = new AccountId(1);
  private static final AccountId BOB = new AccountId(2);
  private static final String SHA = "a".repeat(64);
  private static final Segment PACKED = new Segment("pack", 64, 100);
  private static final Segment OTHER = new Segment("other", 64, 100);

  @TempDir Path directory;
  private final Contents contents = new Contents(InstantSource.fixed(Instant.ofEpochMilli(5)));
  private long numbers;

  @ParameterizedTest
  @EnumSource
  void content_isFoundByItsBytesWithinItsAccount(TestDatabases.Kind kind) {
    try (Database db = kind.open(directory)) {
      ContentId id = db.write(sql -> addPacked(sql, ALICE));

      db.read(sql -> {
        var bytes = new Fingerprint(SHA, 100);
        assertThat(contents.find(sql, ALICE, Set.of(bytes))).containsExactly(entry(bytes, id));
        assertThat(contents.find(sql, BOB, Set.of(bytes))).isEmpty();
        assertThat(contents.find(sql, ALICE, Set.of(new Fingerprint(SHA, 99)))).isEmpty();
        assertThat(contents.findAnywhere(sql, Set.of(bytes))).containsExactly(entry(bytes, id));
        assertThat(contents.segments(sql, id)).containsExactly(PACKED);
        return id;
      });
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyContents_areFoundAtOnce_theOldestOfEach(TestDatabases.Kind kind) {
    try (Database db = kind.open(directory)) {
      var ids = new HashMap<Fingerprint, ContentId>();
      db.change(sql -> {
        contents.addStoreFile(sql, "pack", 300);
        for (int i = 0; i < 120; i++) {
          var bytes = new Fingerprint("%064x".formatted(i), 100);
          ids.put(bytes, add(sql, ALICE, bytes));
          add(sql, i % 2 == 0 ? ALICE : BOB, bytes);
        }
      });
      var asked = new HashSet<>(ids.keySet());
      asked.add(new Fingerprint("f".repeat(64), 100));
      asked.add(new Fingerprint("%064x".formatted(7), 99));

      db.read(sql -> {
        assertThat(contents.find(sql, ALICE, asked)).isEqualTo(ids);
        assertThat(contents.findAnywhere(sql, asked)).isEqualTo(ids);
        assertThat(contents.find(sql, BOB, asked)).hasSize(60);
        return ids;
      });
    }
  }

  @ParameterizedTest
  @EnumSource
  void lastReference_dropped_marksTheContent_andANewOneUnmarksIt(TestDatabases.Kind kind) {
    try (Database db = kind.open(directory)) {
      db.change(sql -> {
        ContentId id = addPacked(sql, ALICE);
        contents.addReference(sql, id);
        contents.dropReference(sql, id);
        assertThat(removedAt(sql, id)).isZero();
        contents.dropReference(sql, id);
        assertThat(removedAt(sql, id)).isEqualTo(5);
        assertThat(contents.addReference(sql, id)).isTrue();
        assertThat(removedAt(sql, id)).isZero();
      });
    }
  }

  @ParameterizedTest
  @EnumSource
  void content_removed_isGone_andItsStoreFileDoomed(TestDatabases.Kind kind) {
    try (Database db = kind.open(directory)) {
      db.change(sql -> {
        ContentId id = addPacked(sql, ALICE);
        contents.remove(sql, id);
        assertThat(contents.addReference(sql, id)).isFalse();
        assertThat(contents.segments(sql, id)).isEmpty();
        assertThat(storeFile(sql, "pack")).isEqualTo("0 segments, 156 dead, doomed 5");
      });
    }
  }

  @ParameterizedTest
  @EnumSource
  void sharedContent_removedOnce_leavesTheBytesAlive(TestDatabases.Kind kind) {
    try (Database db = kind.open(directory)) {
      db.change(sql -> {
        ContentId hers = addPacked(sql, ALICE);
        sql.update("UPDATE content_hashes SET value = 'w' WHERE content_id = ?", hers.value());
        ContentId his = contents.shareWith(sql, hers, BOB, next());
        assertThat(his).isNotEqualTo(hers);
        assertThat(contents.shareWith(sql, hers, BOB, next())).isEqualTo(his);
        assertThat(refs(sql, his)).isEqualTo(2);
        assertThat(hash(sql, his)).isEqualTo("w");
        contents.remove(sql, hers);
        assertThat(storeFile(sql, "pack")).isEqualTo("1 segments, 0 dead, doomed 0");
        contents.remove(sql, his);
        assertThat(storeFile(sql, "pack")).isEqualTo("0 segments, 156 dead, doomed 5");
      });
    }
  }

  @ParameterizedTest
  @EnumSource
  void healing_replacesTheBytesOfAllThatShareThem(TestDatabases.Kind kind) {
    try (Database db = kind.open(directory)) {
      db.change(sql -> {
        ContentId hers = addPacked(sql, ALICE);
        ContentId his = contents.shareWith(sql, hers, BOB, next());
        contents.addStoreFile(sql, "other", 200);
        contents.heal(sql, his, OTHER);
        assertThat(contents.segments(sql, hers)).containsExactly(OTHER);
        assertThat(contents.segments(sql, his)).containsExactly(OTHER);
        assertThat(storeFile(sql, "pack")).isEqualTo("0 segments, 156 dead, doomed 5");
        assertThat(storeFile(sql, "other")).isEqualTo("2 segments, 0 dead, doomed 0");
      });
    }
  }

  /** Equal bytes that stand elsewhere are a copy of their own, and may be sound. */
  @ParameterizedTest
  @EnumSource
  void healing_leavesOtherCopiesAlone(TestDatabases.Kind kind) {
    try (Database db = kind.open(directory)) {
      db.change(sql -> {
        ContentId hers = addPacked(sql, ALICE);
        contents.addStoreFile(sql, "other", 200);
        ContentId his = next();
        contents.add(sql, his, new NewContent(BOB, 100, SHA, List.of(OTHER)));
        var sound = new Segment("sound", 64, 100);
        contents.addStoreFile(sql, "sound", 200);
        contents.heal(sql, hers, sound);
        assertThat(contents.segments(sql, hers)).containsExactly(sound);
        assertThat(contents.segments(sql, his)).containsExactly(OTHER);
      });
    }
  }

  private ContentId next() {
    return new ContentId(++numbers);
  }

  private ContentId addPacked(Sql sql, AccountId account) {
    contents.addStoreFile(sql, "pack", 300);
    return add(sql, account, new Fingerprint(SHA, 100));
  }

  private ContentId add(Sql sql, AccountId account, Fingerprint bytes) {
    ContentId id = next();
    contents.add(sql, id, new NewContent(account, bytes.size(), bytes.sha256(), List.of(PACKED)));
    return id;
  }

  private static long removedAt(Sql sql, ContentId id) {
    return sql.number("SELECT COALESCE(removed_at, 0) FROM contents WHERE id = ?", id.value());
  }

  private static long refs(Sql sql, ContentId id) {
    return sql.number("SELECT refs FROM contents WHERE id = ?", id.value());
  }

  private static String hash(Sql sql, ContentId id) {
    return sql.first(
            "SELECT value FROM content_hashes WHERE content_id = ?",
            row -> row.text("value"),
            id.value())
        .orElseThrow();
  }

  private static String storeFile(Sql sql, String name) {
    return sql.first(
            """
            SELECT segments, dead_bytes, COALESCE(doomed_at, 0) AS doomed FROM store_files
            WHERE name = ?
            """,
            row ->
                "%d segments, %d dead, doomed %d"
                    .formatted(
                        row.number("segments"), row.number("dead_bytes"), row.number("doomed")),
            name)
        .orElseThrow();
  }
}
