package io.consigne.core.upkeep;

import io.consigne.core.blobs.Segment;
import io.consigne.core.db.HostFacts;
import io.consigne.core.db.Sql;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How far scrubbing is, as the database keeps it.
 *
 * @param began when the newest pass began
 * @param completed when the newest complete pass ended; the epoch if there is none
 * @param place where the newest pass goes on; {@link Place#END} if it is complete
 * @param segments that the newest pass has read
 * @param bytes that the newest pass has read
 * @param unread segments that the newest pass could not read, which says nothing of their bytes
 */
record ScrubState(
    Instant began, Instant completed, Place place, long segments, long bytes, long unread) {
  private static final String ROW = "scrub";

  /** A new pass, after the last one was complete then. */
  static ScrubState begin(Instant now, Instant completed) {
    return new ScrubState(now.truncatedTo(ChronoUnit.MILLIS), completed, Place.BEGIN, 0, 0, 0);
  }

  /** What the database holds; empty if no pass was ever begun. */
  static Optional<ScrubState> load(Sql sql) {
    return HostFacts.get(sql, ROW).map(ScrubState::parse);
  }

  /** Keeps this. */
  void store(Sql sql) {
    HostFacts.put(
        sql,
        ROW,
        String.join(
            " ",
            Long.toString(began.toEpochMilli()),
            Long.toString(completed.toEpochMilli()),
            place.storeFile(),
            Long.toString(place.offset()),
            Long.toString(place.done()),
            Long.toString(segments),
            Long.toString(bytes),
            Long.toString(unread)));
  }

  private static ScrubState parse(String text) {
    String[] words = text.split(" ", -1);
    return new ScrubState(
        Instant.ofEpochMilli(Long.parseLong(words[0])),
        Instant.ofEpochMilli(Long.parseLong(words[1])),
        new Place(words[2], Long.parseLong(words[3]), Long.parseLong(words[4])),
        Long.parseLong(words[5]),
        Long.parseLong(words[6]),
        words.length > 7 ? Long.parseLong(words[7]) : 0);
  }

  boolean isComplete() {
    return place.equals(Place.END);
  }

  /** The state when {@code bytes} more of a segment were read, of one whose store file is there. */
  ScrubState within(Segment segment, long bytes) {
    long done = place.doneOf(segment) + bytes;
    return at(new Place(segment.storeFile(), segment.offset(), done), segments, this.bytes + bytes);
  }

  /**
   * The state when a segment is behind. One of a damaged row, whose store file may be called
   * anything, is no place to go on from.
   */
  ScrubState after(Segment segment) {
    if (!segment.isNamed()) {
      return at(place, segments + 1, bytes);
    }
    return at(new Place(segment.storeFile(), segment.offset() + 1, 0), segments + 1, bytes);
  }

  /** The state when one segment more could not be read. */
  ScrubState withUnread() {
    return new ScrubState(began, completed, place, segments, bytes, unread + 1);
  }

  /** The state at the end of the pass. */
  ScrubState end(Instant now) {
    return new ScrubState(began, now, Place.END, segments, bytes, unread);
  }

  private ScrubState at(Place there, long segmentsRead, long bytesRead) {
    return new ScrubState(began, completed, there, segmentsRead, bytesRead, unread);
  }

  /**
   * A place in the order of all segments.
   *
   * @param storeFile the store file's name; {@code -} stands before the first
   * @param offset of the segment, or of those behind it
   * @param done how many bytes of that segment were read
   */
  record Place(String storeFile, long offset, long done) {
    static final Place BEGIN = new Place("-", 0, 0);
    static final Place END = new Place("~", 0, 0);

    /** From which store file on there is something to read; a damaged row may name any. */
    String from() {
      return equals(BEGIN) ? "" : storeFile;
    }

    /** Whether the segment was read to its end. */
    boolean isBehind(Segment segment) {
      return segment.storeFile().equals(storeFile) && segment.offset() < offset;
    }

    /** How many bytes of the segment were read. */
    long doneOf(Segment segment) {
      boolean here = segment.storeFile().equals(storeFile) && segment.offset() == offset;
      return here ? Math.min(done, segment.length()) : 0;
    }
  }
}
