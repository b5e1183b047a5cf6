package io.consigne.core.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.db.Database;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.ContentId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which contents are hashed next. */
class HashBacklogTest {
  @TempDir Path directory;

  @Test
  void contentsBelowThoseUnderWay_comeNext_andNoneTwice() {
    try (Database database = TestDatabases.sqlite(directory)) {
      var backlog = new HashBacklog(database, Duration.ofHours(1));
      add(database, 10);
      add(database, 11);
      List<HashBacklog.Pending> first = backlog.next();
      assertThat(first).extracting(HashBacklog.Pending::content).containsExactly(10L, 11L);

      add(database, 5);
      backlog.wake(5);
      List<HashBacklog.Pending> second = backlog.next();
      assertThat(second).extracting(HashBacklog.Pending::content).containsExactly(5L);

      backlog.done(first);
      backlog.wake(5);
      assertThat(backlog.next()).extracting(HashBacklog.Pending::content).containsExactly(10L, 11L);
    }
  }

  @Test
  void eachUnreadableContent_isNewsOnce_inWhateverOrder() {
    try (Database database = TestDatabases.sqlite(directory)) {
      var backlog = new HashBacklog(database, Duration.ofHours(1));
      add(database, 10);
      add(database, 11);
      List<HashBacklog.Pending> batch = backlog.next();
      for (HashBacklog.Pending pending : batch.reversed()) {
        assertThat(backlog.isNews(pending)).isTrue();
        assertThat(backlog.isNews(pending)).isFalse();
      }
    }
  }

  private static void add(Database database, long number) {
    var segment = new Segment("pack", number * 100, 100);
    var content = new NewContent(new AccountId(1), 100, "0".repeat(64), List.of(segment));
    database.change(sql -> {
      new Contents(InstantSource.system()).add(sql, new ContentId(number), content, 300);
    });
  }
}
