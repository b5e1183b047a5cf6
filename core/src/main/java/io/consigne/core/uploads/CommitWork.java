package io.consigne.core.uploads;

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
  private final Set<String> durable;
  private final Set<ContentId> damaged;
  private final Map<String, Long> entered = new HashMap<>();
  private final Set<ContentId> healed = new HashSet<>();

  /**
   * Works in {@code sql}.
   *
   * @param durable the store files of the upload that are committed
   * @param damaged the contents whose stored bytes are not sound
   */
  CommitWork(Sql sql, CommitRules rules, Set<String> durable, Set<ContentId> damaged) {
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
    for (Map.Entry<String, Long> each : entered.entrySet()) {
      long all =
          files.stream()
              .map(file -> file.stored().segment())
              .filter(segment -> segment.storeFile().equals(each.getKey()))
              .mapToLong(Segment::length)
              .sum();
      rules.contents().addDeadBytes(sql, each.getKey(), all - each.getValue());
    }
  }

  /** The store files that are known to the database now. */
  Set<String> entered() {
    return Set.copyOf(entered.keySet());
  }

  private Segment enter(Received.Whole file) {
    Segment segment = file.stored().segment();
    String name = segment.storeFile();
    if (!durable.contains(name)) {
      throw new CopyNeeded();
    }
    if (!entered.containsKey(name)) {
      rules.contents().addStoreFile(sql, name, file.stored().file().size());
    }
    entered.merge(name, segment.length(), Long::sum);
    return segment;
  }
}
