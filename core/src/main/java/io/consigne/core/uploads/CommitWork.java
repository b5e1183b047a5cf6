package io.consigne.core.uploads;

import io.consigne.core.blobs.NewContent;
import io.consigne.core.blobs.Segment;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.ContentId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds or makes the contents of an upload's files, within one run of its transaction. */
final class CommitWork {
  private final Sql sql;
  private final CommitRules rules;
  private final Durable durable;
  private final Set<ContentId> damaged;
  private final Set<String> entered = new HashSet<>();
  private final Set<Segment> used = new HashSet<>();
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

  /** The content for one more file of {@code owner}, its reference counted. */
  ContentId content(AccountId owner, Received.Whole file) {
    Fingerprint bytes = file.fingerprint();
    Optional<ContentId> old = rules.find(sql, owner, bytes);
    if (old.isEmpty()) {
      Segment segment = enter(file);
      return rules
          .contents()
          .add(sql, new NewContent(owner, bytes.size(), bytes.sha256(), List.of(segment)));
    }
    ContentId found = old.get();
    if (damaged.contains(found) && !healed.contains(found)) {
      rules.contents().heal(sql, found, enter(file));
      healed.add(found);
    }
    return rules.contents().shareWith(sql, found, owner);
  }

  /** Counts what the entered store files hold beyond the contents made of them. */
  void countDeadBytes(List<Received.Whole> files) {
    var dead = new HashMap<String, Long>();
    for (Received.Whole file : files) {
      durable
          .find(file.stored())
          .map(Durable.Place::segment)
          .filter(segment -> entered.contains(segment.storeFile()))
          .filter(segment -> !used.contains(segment))
          .ifPresent(segment -> dead.merge(segment.storeFile(), segment.recordBytes(), Long::sum));
    }
    dead.forEach((name, bytes) -> rules.contents().addDeadBytes(sql, name, bytes));
  }

  /** The store files that are known to the database now. */
  Set<String> entered() {
    return Set.copyOf(entered);
  }

  private Segment enter(Received.Whole file) {
    Durable.Place place = durable.find(file.stored()).orElseThrow(CopyNeeded::new);
    Segment segment = place.segment();
    if (entered.add(segment.storeFile())) {
      rules.contents().addStoreFile(sql, segment.storeFile(), place.storeFileBytes());
    }
    used.add(segment);
    return segment;
  }
}
