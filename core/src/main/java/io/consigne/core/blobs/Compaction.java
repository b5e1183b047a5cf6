package io.consigne.core.blobs;

import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.jobs.Background;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what is alive out of store files that are dead for the most part, into a pack, so that they
 * can be deleted. A content is read with its checksums, appended, and then all rows that still
 * point to its old place are turned to the new one, in one transaction; what was removed or healed
 * meanwhile stays so. The emptied store file is doomed, and deleted by the {@link Collector} when
 * nobody can be about to open it.
 *
 * <p>Until then both take room. So it rests while there is more of what it moved and whose old
 * place is not deleted yet than a few rounds move, or than a part of what the disk has left.
 *
 * <p>A store file with a record that cannot be read, or that is too large for a pack, stays: it is
 * told once, and passed over until the next start.
 */
public final class Compaction {
  /** How often nothing is looked for after all was done. */
  public static final int RESTING_STEPS = 59;

  /** How many rounds may move before the first of what they emptied is deleted. */
  private static final int ROUNDS_AHEAD = 8;

  /** What part of the room that the disk has left they may take meanwhile. */
  private static final int PART_OF_ROOM = 4;

  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  private final Database database;
  private final Blobs blobs;
  private final StoredContent stored;
  private final InstantSource clock;
  private final CompactionLimits limits;
  private final Set<String> stuck = new HashSet<>();

  /** How much was moved out of store files that may not be deleted yet. */
  private final Map<String, Long> twice = new HashMap<>();

  private int restingSteps;

  /** Compacts {@code blobs} by the limits of a host. */
  public Compaction(Database database, Blobs blobs, InstantSource clock) {
    this(database, blobs, clock, CompactionLimits.DEFAULT);
  }

  /** Compacts {@code blobs}. */
  Compaction(Database database, Blobs blobs, InstantSource clock, CompactionLimits limits) {
    this.database = database;
    this.blobs = blobs;
    this.stored = new StoredContent(blobs);
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * A round, unless there was less to do than one may at the last: then none for {@link
   * #RESTING_STEPS} steps; and none while there is no room. Returns how many bytes were moved.
   */
  public long step() {
    if (restingSteps > 0) {
      restingSteps--;
      return 0;
    }
    if (!hasRoom()) {
      return 0;
    }
    restingSteps = RESTING_STEPS;
    long moved = round();
    if (moved >= limits.roundBytes()) {
      restingSteps = 0;
    }
    return moved;
  }

  private boolean hasRoom() {
    long part = blobs.availableBytes() / PART_OF_ROOM;
    long most = Math.min(part, ROUNDS_AHEAD * limits.roundBytes()) - limits.roundBytes();
    if (twiceBytes() > most || twice.size() > limits.storeFiles() * ROUNDS_AHEAD) {
      twice.keySet().retainAll(database.read(this::known));
    }
    return twiceBytes() <= most;
  }

  private long twiceBytes() {
    return twice.values().stream().mapToLong(Long::longValue).sum();
  }

  private Set<String> known(Sql sql) {
    var known = new HashSet<String>();
    for (String storeFile : twice.keySet()) {
      sql.first("SELECT name FROM store_files WHERE name = ?", row -> row.text("name"), storeFile)
          .ifPresent(known::add);
    }
    return known;
  }

  /** Moves as much as one round may; one thread at a time. Returns how many bytes. */
  public long round() {
    long moved = 0;
    for (String storeFile : hollow()) {
      if (moved < limits.roundBytes()
          && !Background.isEnding()
          && !stuck.contains(storeFile)
          && blobs.retire(storeFile)) {
        moved += empty(storeFile, limits.roundBytes() - moved);
      }
    }
    return moved;
  }

  private List<String> hollow() {
    return database.read(sql ->
        sql.list(
            """
            SELECT name FROM store_files
            WHERE segments > 0 AND dead_bytes >= ? AND dead_bytes > size_bytes - dead_bytes
            ORDER BY dead_bytes DESC, name LIMIT ?
            """,
            row -> row.text("name"),
            limits.leastDeadBytes(),
            limits.storeFiles() + stuck.size()));
  }

  /** Moves the segments of a store file in their order, up to about {@code mostBytes} bytes. */
  private long empty(String storeFile, long mostBytes) {
    long moved = 0;
    long after = -1;
    while (moved < mostBytes && !Background.isEnding()) {
      List<Segment> batch = living(storeFile, after);
      if (batch.isEmpty()) {
        break;
      }
      after = batch.getLast().offset();
      moved += move(batch);
    }
    return moved;
  }

  private List<Segment> living(String storeFile, long after) {
    List<Segment> next =
        database.read(sql -> ContentSegments.living(sql, storeFile, after, limits.batchSegments()));
    var batch = new ArrayList<Segment>();
    long bytes = 0;
    for (Segment segment : next) {
      bytes += segment.length();
      if (!batch.isEmpty() && bytes > limits.batchBytes()) {
        break;
      }
      batch.add(segment);
    }
    return batch;
  }

  private long move(List<Segment> batch) {
    var from = new ArrayList<Segment>();
    var contents = new ArrayList<ByteBuffer>();
    long bytes = 0;
    for (Segment segment : batch) {
      bytes += segment.length();
      if (segment.length() > limits.batchBytes()) {
        pass(segment.storeFile(), "a record of " + segment.length() + " bytes");
      } else if (read(segment, contents)) {
        from.add(segment);
      }
    }
    if (!from.isEmpty()) {
      from.forEach(segment -> twice.merge(segment.storeFile(), segment.length(), Long::sum));
      enter(from, blobs.append(contents));
    }
    return bytes;
  }

  private boolean read(Segment segment, List<ByteBuffer> contents) {
    var bytes = ByteBuffer.allocate((int) segment.length());
    try {
      stored.read(
          List.of(segment),
          piece -> {
            bytes.put(piece);
            return true;
          });
    } catch (FailureException e) {
      Failure failure = e.failure();
      pass(
          segment.storeFile(),
          failure instanceof Failure.Rotten(String where) ? where : failure.message());
      return false;
    }
    contents.add(bytes.flip());
    return true;
  }

  /** When it is not known what became of the transaction, the copies stay held. */
  private void enter(List<Segment> from, Appended copies) {
    try {
      database.write(sql -> repoint(sql, from, copies.segments()));
    } catch (DatabaseFull e) {
      copies.close();
      throw e;
    }
    copies.close();
  }

  private int repoint(Sql sql, List<Segment> from, List<Segment> copies) {
    int repointed = 0;
    for (int i = 0; i < from.size(); i++) {
      repointed += ContentSegments.repoint(sql, from.get(i), copies.get(i), clock.instant());
    }
    return repointed;
  }

  private void pass(String storeFile, String why) {
    twice.remove(storeFile);
    if (stuck.add(storeFile)) {
      LOG.error("Store file {} is dead for the most part, but stays: {}", storeFile, why);
    }
  }
}
