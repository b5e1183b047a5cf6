package io.consigne.core.uploads;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.Collector;
import io.consigne.core.blobs.Compaction;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoreId;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.Database;
import io.consigne.core.testing.Turns;
import io.consigne.core.upkeep.BackupCheck;
import io.consigne.core.upkeep.BackupReport;
import io.consigne.core.upkeep.Damage;
import io.consigne.core.upkeep.HostFiles;
import io.consigne.core.upkeep.Progress;
import io.consigne.core.upkeep.Upkeep;
import io.consigne.core.upkeep.UpkeepStores;
import io.consigne.core.upkeep.Watcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Backups of a host while it is raced, each into a directory where backups were made before. What
 * one names is all there when it is complete.
 */
final class RaceBackups implements AutoCloseable {
  /** How often others have their turns while a backup opens something: it takes its time. */
  private static final int TURNS = 20;

  private final Database database;
  private final HostFiles files;
  private final Path to;
  private final Turns turns;
  private final Collector collector;
  private final Upkeep upkeep;
  private final Deque<Path> free = new ArrayDeque<>();
  private int running;
  private int made;
  private int moved;

  /**
   * Makes none yet.
   *
   * @param database of the host; asking it ends no turn, so that a backup begins at once
   */
  RaceBackups(UploadHost host, Database database, HostFiles files, Turns turns, Duration grace) {
    this.database = database;
    this.files = files;
    this.to = files.directory().resolveSibling("backups");
    this.turns = turns;
    collector = new Collector(host.database, host.blobs, host.contents, host.clock, grace);
    upkeep =
        new Upkeep(
            new UpkeepStores(database, slow(host.blobs), host.unentered, collector.hold()),
            host.clock);
    StoreId.check(database, files.blobs(), new Random(2));
  }

  private Blobs slow(Blobs blobs) {
    Blobs slow = blobs;
    for (int i = 0; i < TURNS; i++) {
      slow = turns.passing(Blobs.class, slow);
    }
    return slow;
  }

  /** How many were made. */
  int made() {
    return made;
  }

  /** How often a content was in another store file after a round of compaction. */
  int moved() {
    return moved;
  }

  /** Collects, unless a backup holds it back. */
  void collect() {
    exclusively(collector::round);
  }

  /** Moves what is alive, unless a backup holds it back, as a host does it. */
  void compact(Compaction compaction) {
    exclusively(() ->
        collector
            .hold()
            .unlessHeld(() -> {
              Map<Long, String> before = places();
              compaction.round();
              places()
                  .forEach((content, place) -> {
                    if (!before.getOrDefault(content, place).equals(place)) {
                      moved++;
                    }
                  });
            }));
  }

  /** In which store file each content is: none of a race is in two. */
  private Map<Long, String> places() {
    var places = new HashMap<Long, String>();
    database.read(sql ->
        sql.list(
            "SELECT content_id, store_file FROM content_segments",
            row -> places.put(row.number("content_id"), row.text("store_file"))));
    return places;
  }

  private void exclusively(Runnable work) {
    running++;
    try {
      work.run();
    } finally {
      running--;
    }
  }

  /** Makes one, with the database if it is a file. */
  void backUp() {
    Path directory = free.isEmpty() ? to.resolve("b" + made) : free.remove();
    made++;
    if (Files.exists(files.database())) {
      whole(directory);
    } else {
      besideADump(directory);
    }
    free.add(directory);
  }

  private void whole(Path directory) {
    awaitTheirEnd();
    complete(upkeep.backup().run(directory, files, new Failing()));
    assertThat(new BackupCheck(directory, new Failing()).run(null).whole()).isTrue();
  }

  private void besideADump(Path directory) {
    awaitTheirEnd();
    String hold = upkeep.backup().hold();
    List<Segment> dump =
        database.read(sql ->
            sql.list(
                "SELECT DISTINCT store_file, offset_bytes, size_bytes FROM content_segments",
                row ->
                    new Segment(
                        row.text("store_file"),
                        row.number("offset_bytes"),
                        row.number("size_bytes"))));
    turns.pass();
    awaitTheirEnd();
    complete(upkeep.backup().runBlobs(directory, files, made % 2 == 0, new Failing()));
    upkeep.backup().release(hold);
    try (var kept = DiskBlobs.reading(directory.resolve("blobs"))) {
      for (Segment segment : dump) {
        assertThat(StoredBytes.read(kept, segment)).hasSize((int) segment.length());
      }
    }
  }

  /** A backup waits for what has begun, which would not end while the turn is not passed. */
  private void awaitTheirEnd() {
    while (running > 0) {
      turns.pass();
    }
  }

  private static void complete(BackupReport report) {
    assertThat(report.lost()).isZero();
  }

  @Override
  public void close() {
    upkeep.close();
  }

  /** No damage is expected. */
  private static final class Failing implements Watcher<Damage> {
    @Override
    public void progress(Progress progress) {}

    @Override
    public void found(Damage damage) {
      throw new AssertionError(damage.toString());
    }
  }
}
