package io.consigne.core.upkeep;

import io.consigne.core.blobs.Segment;
import io.consigne.core.db.Database;
import io.consigne.core.db.HostFacts;
import io.consigne.core.db.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The damage that is known, as rows {@code damage/STOREFILE/OFFSET/LENGTH} of the table {@code
 * host}. A row counts as long as some content is made of its segment: a content that was healed or
 * collected takes its damage off the list.
 */
final class DamageList {
  private static final int PAGE = 100;
  private static final String PREFIX = "damage/";

  private DamageList() {}

  /** Puts a segment on the list, as seen in the pass that began then. */
  static void add(Sql sql, Segment segment, String what, Instant pass, Instant now) {
    HostFacts.put(sql, key(segment), new Entry(segment, pass, now, what).stored());
  }

  /** Keeps a segment on the list, if it is there, that the pass that began then could not read. */
  static void keep(Sql sql, Segment segment, Instant pass) {
    HostFacts.get(sql, key(segment))
        .map(value -> Entry.read(segment, value))
        .ifPresent(entry -> add(sql, segment, entry.what(), pass, entry.found()));
  }

  /** What is wrong with a segment of contents; empty if no content is made of it. */
  static Optional<Damage> describe(Sql sql, Segment segment, String what, Instant found) {
    List<Long> contents =
        sql.list(
            """
            SELECT DISTINCT content_id FROM content_segments
            WHERE store_file = ? AND offset_bytes = ? AND size_bytes = ? ORDER BY content_id
            """,
            row -> row.number("content_id"),
            segment.storeFile(),
            segment.offset(),
            segment.length());
    return contents.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Damage(
                false,
                segment.storeFile(),
                segment.offset(),
                segment.length(),
                what,
                found,
                contents,
                AffectedFile.of(sql, segment)));
  }

  /** Shows what is on the list, in the order of the store. */
  static void forEach(Database database, Consumer<Damage> visitor) {
    String after = PREFIX;
    while (true) {
      String last = after;
      List<Entry> page = database.read(sql -> page(sql, last));
      if (page.isEmpty()) {
        return;
      }
      for (Entry entry : page) {
        database
            .read(sql -> describe(sql, entry.segment(), entry.what(), entry.found()))
            .ifPresent(visitor);
      }
      after = key(page.getLast().segment());
    }
  }

  /** Takes off what the pass that began then has not seen, and what no content is made of. */
  static void endPass(Database database, Instant pass) {
    String after = PREFIX;
    while (true) {
      String last = after;
      List<Entry> page = database.read(sql -> page(sql, last));
      if (page.isEmpty()) {
        return;
      }
      database.change(sql -> {
        page.stream()
            .filter(entry ->
                !entry.pass().equals(pass)
                    || describe(sql, entry.segment(), entry.what(), entry.found()).isEmpty())
            .forEach(entry -> HostFacts.remove(sql, key(entry.segment())));
      });
      after = key(page.getLast().segment());
    }
  }

  private static List<Entry> page(Sql sql, String after) {
    return HostFacts.beginning(sql, PREFIX, after, PAGE).stream().map(Entry::read).toList();
  }

  private static String key(Segment segment) {
    return PREFIX + segment.storeFile() + "/" + segment.offset() + "/" + segment.length();
  }

  /** A row of the list. */
  private record Entry(Segment segment, Instant pass, Instant found, String what) {
    static Entry read(HostFacts.Fact fact) {
      String key = fact.name(); // a damaged row may have any name, also one with a stroke
      int length = key.lastIndexOf('/');
      int offset = key.lastIndexOf('/', length - 1);
      var segment =
          new Segment(
              key.substring(PREFIX.length(), offset),
              Long.parseLong(key, offset + 1, length, 10),
              Long.parseLong(key, length + 1, key.length(), 10));
      return read(segment, fact.value());
    }

    static Entry read(Segment segment, String stored) {
      String[] value = stored.split(" ", 3);
      return new Entry(
          segment,
          Instant.ofEpochMilli(Long.parseLong(value[0])),
          Instant.ofEpochMilli(Long.parseLong(value[1])),
          value[2]);
    }

    String stored() {
      return pass.toEpochMilli() + " " + found.toEpochMilli() + " " + what;
    }
  }
}
