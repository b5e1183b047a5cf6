package io.consigne.core.blobs;

import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.DatabaseUnsure;
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
 * <p>Until then both take room. So of what it moved, and whose old place is not deleted yet, there
 * is never more than a part of the room. As only a store file that was emptied gives room back, it
 * begins none of which this part does not hold all that is alive; and on a disk that is nearly
 * full, it takes what there is for the first one.
 *
 * <p>A store file with a record that cannot be read, or that is too large for a pack, stays: it is
 * told once, and skipped until the next start.
 */
public final class Compaction {
  /** How often nothing is looked for after all was done. */
  public static final int RESTING_STEPS = 59;

  /** What part of the room may be taken by what is there twice. */
  private static final int PART_OF_ROOM = 4;

  /** After so many rounds with many store files each it is looked which of them are deleted. */
  private static final int REMEMBERED_ROUNDS = 8;

  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);

  private final Database database;
  private final Blobs blobs;
  private final StoredContent stored;
  private final InstantSource clock;
  private final CompactionLimits limits;
  private final Set<String> stuck = new HashSet<>();

  /** How much was moved out of store files that are to be deleted; none of the stuck ones is. */
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
   * A round, of what there is room for, unless there was less to do than one may at the last: then
   * none for {@link #RESTING_STEPS} steps. Returns how many bytes were moved.
   */
  public long step() {
    if (restingSteps > 0) {
      restingSteps--;
      return 0;
    }
    long room = room();
    if (room <= 0) {
      return 0;
    }
    long most = Math.min(limits.roundBytes(), room);
    restingSteps = RESTING_STEPS;
    long moved = round(most, room);
    if (moved >= most) {
      restingSteps = 0;
    }
    return moved;
  }

  private long room() {
    if (roomBeside(twiceBytes()) < limits.roundBytes()
        || twice.size() > limits.storeFiles() * REMEMBERED_ROUNDS) {
      twice.keySet().retainAll(database.read(this::known));
    }
    return roomBeside(twiceBytes());
  }

  /** What is there twice was room before: what is left is just less by what is moved. */
  private long roomBeside(long twiceBytes) {
    long available = blobs.availableBytes();
    long part = available / PART_OF_ROOM + twiceBytes / PART_OF_ROOM;
    return Math.min(available, Math.max(part, limits.leastRoomBytes()) - twiceBytes);
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
    return round(limits.roundBytes(), Long.MAX_VALUE);
  }

  private long round(long mostBytes, long room) {
    long moved = 0;
    long left = room;
    for (Hollow each : hollow(room)) {
      if (moved < mostBytes
          && each.livingBytes() <= left
          && !Background.isEnding()
          && !stuck.contains(each.storeFile())
          && blobs.retire(each.storeFile())) {
        left -= each.livingBytes();
        moved += empty(each.storeFile(), mostBytes - moved);
      }
    }
    return moved;
  }

  private List<Hollow> hollow(long mostLivingBytes) {
    return database.read(sql ->
        sql.list(
            """
            SELECT name, size_bytes - dead_bytes AS living FROM store_files
            WHERE segments > 0 AND dead_bytes >= ? AND dead_bytes > size_bytes - dead_bytes
              AND size_bytes - dead_bytes <= ?
            ORDER BY dead_bytes DESC, name LIMIT ?
            """,
            row -> new Hollow(row.text("name"), row.number("living")),
            limits.leastDeadBytes(),
            mostLivingBytes,
            limits.storeFiles() + stuck.size()));
  }

  /** Moves the segments of a store file in their order, up to about {@code mostBytes} bytes. */
  private long empty(String storeFile, long mostBytes) {
    long moved = 0;
    long after = -1;
    while (moved < mostBytes && !Background.isEnding() && !stuck.contains(storeFile)) {
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
      if (!segment.isPossible() || segment.length() > limits.batchBytes()) {
        pass(segment.storeFile(), "a record of " + segment.length() + " bytes");
      } else if (read(segment, contents)) {
        from.add(segment);
      }
    }
    if (!from.isEmpty()) {
      enter(from, blobs.append(contents));
      from.stream()
          .filter(segment -> !stuck.contains(segment.storeFile()))
          .forEach(segment -> twice.merge(segment.storeFile(), segment.length(), Long::sum));
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
      database.change(sql -> repoint(sql, from, copies.segments()));
    } catch (DatabaseUnsure e) {
      throw e;
    } catch (RuntimeException e) { // all was undone
      countDead(copies.segments());
      copies.close();
      throw e;
    }
    copies.close();
  }

  /** Without it the room is lost until the next start. */
  private void countDead(List<Segment> copies) {
    try {
      database.change(
          sql -> copies.forEach(copy -> StoreFileRows.addDead(sql, copy, clock.instant())));
    } catch (DatabaseException e) {
      LOG.debug("Copies are not needed, but cannot be counted as dead: {}", e.getMessage());
    }
  }

  private void repoint(Sql sql, List<Segment> from, List<Segment> copies) {
    for (int i = 0; i < from.size(); i++) {
      ContentSegments.repoint(sql, from.get(i), copies.get(i), clock.instant());
    }
  }

  private void pass(String storeFile, String why) {
    twice.remove(storeFile);
    if (stuck.add(storeFile)) {
      LOG.error("Store file {} cannot be compacted: {}", storeFile, why);
    }
  }

  /** A store file that is dead for the most part. */
  private record Hollow(String storeFile, long livingBytes) {}
}
