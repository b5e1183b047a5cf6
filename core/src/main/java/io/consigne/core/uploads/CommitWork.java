package io.consigne.core.uploads;

import io.consigne.core.blobs.Fingerprint;
import io.consigne.core.blobs.NewContent;
import io.consigne.core.blobs.Segment;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.ContentId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds or makes the contents of an upload's files, within one run of its transaction. */
final class CommitWork {
  private final Sql sql;
  private final CommitRules rules;
  private final Durable durable;
  private final Set<ContentId> damaged;
  private final Map<Fingerprint, ContentId> known = new HashMap<>();
  private final Set<String> entered = new HashSet<>();
  private final Map<String, Growth> grown = new HashMap<>();
  private final Set<Segment> used = new HashSet<>();
  private final Set<ContentId> added = new HashSet<>();
  private final Set<ContentId> healed = new HashSet<>();

  /**
   * Works in {@code sql}.
   *
   * @param durable knows which bytes of the upload are
   * @param damaged the contents whose stored bytes are not sound
   */
  CommitWork(Sql sql, CommitRules rules, Durable durable, Set<ContentId> damaged) {
    this.sql = sql;
    this.rules = rules;
    this.durable = durable;
    this.damaged = damaged;
  }

  /** Looks for the contents of files of {@code owner}; before any of them is asked for. */
  void find(AccountId owner, List<Received.Whole> files) {
    known.putAll(rules.find(sql, owner, Received.fingerprints(files)));
  }

  /**
   * The content for one more file of {@code owner}, its reference counted.
   *
   * @param own its number, if one has to be made
   */
  ContentId content(AccountId owner, Received.Whole file, ContentId own) {
    Fingerprint bytes = file.fingerprint();
    ContentId found = known.get(bytes);
    if (found == null) {
      add(owner, file, own);
      return own;
    }
    if (damaged.contains(found) && !healed.contains(found)) {
      Durable.Place place = use(file);
      rules.contents().addStoreFile(sql, place.segment().storeFile(), place.storeFileBytes());
      rules.contents().heal(sql, found, place.segment());
      healed.add(found);
    }
    return rules.contents().shareWith(sql, found, owner, own);
  }

  /** Whether the content was made by this. */
  boolean isNew(ContentId content) {
    return added.contains(content);
  }

  /** Counts the records in packs and entered store files that no content was made of. */
  void countDead(List<Received.Whole> files) {
    for (Received.Whole file : files) {
      Optional<Segment> record = durable.find(file.stored()).map(Durable.Place::segment);
      if (record.isPresent()
          && !used.contains(record.get())
          && stays(file.stored(), record.get())) {
        rules.contents().addDead(sql, record.get());
      }
    }
  }

  /** Whether the store file stays although this record is not needed. */
  private boolean stays(Stored stored, Segment record) {
    return stored instanceof Stored.Held || entered.contains(record.storeFile());
  }

  /** The store files that are known to the database now. */
  Set<String> entered() {
    return Set.copyOf(entered);
  }

  private void add(AccountId owner, Received.Whole file, ContentId id) {
    Durable.Place place = use(file);
    Fingerprint bytes = file.fingerprint();
    var content = new NewContent(owner, bytes.size(), bytes.sha256(), List.of(place.segment()));
    String storeFile = place.segment().storeFile();
    Growth before = grown.get(storeFile);
    if (before == null) {
      rules.contents().add(sql, id, content, place.storeFileBytes());
      grown.put(storeFile, new Growth(place.storeFileBytes(), 0));
    } else {
      rules.contents().addUncounted(sql, id, content);
      grown.put(storeFile, before.and(place.storeFileBytes()));
    }
    added.add(id);
    known.put(bytes, id);
  }

  /** Counts, for each store file at once, the segments that were not counted one by one. */
  void countSegments() {
    grown.forEach((name, growth) -> {
      if (growth.uncounted() > 0) {
        rules.contents().count(sql, name, growth.storeFileBytes(), growth.uncounted());
      }
    });
  }

  private Durable.Place use(Received.Whole file) {
    Durable.Place place = durable.find(file.stored()).orElseThrow(CopyNeeded::new);
    entered.add(place.segment().storeFile());
    used.add(place.segment());
    return place;
  }

  /** How large a store file is at least, and how many segments more it is to be told of. */
  private record Growth(long storeFileBytes, int uncounted) {
    Growth and(long bytes) {
      return new Growth(Math.max(storeFileBytes, bytes), uncounted + 1);
    }
  }
}
