package io.consigne.core.blobs;

import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.ContentId;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which content is made of what, and how many files show it: the database's side of the store. Each
 * call is part of the caller's transaction.
 */
public final class Contents {
  private final InstantSource clock;
  private final AtomicLong entered = new AtomicLong();

  /** Takes the time of removal from {@code clock}. */
  public Contents(InstantSource clock) {
    this.clock = clock;
  }

  /** How often bytes were entered here, in transactions that failed, too. */
  public long entered() {
    return entered.get();
  }

  /**
   * Enters content that one file is about to show: its row, its segments, whose store files are
   * entered, its pending hashes.
   */
  public void add(Sql sql, ContentId id, NewContent content) {
    addRow(sql, id, content);
    ContentSegments.add(sql, id.value(), content.segments());
  }

  /**
   * Enters content of one segment that one file is about to show, and its store file, of which is
   * known that it has this size at least.
   */
  public void add(Sql sql, ContentId id, NewContent content, long storeFileBytes) {
    addRow(sql, id, content);
    Segment segment = content.segments().getFirst();
    StoreFileRows.add(sql, segment.storeFile(), storeFileBytes, 1, clock.instant());
    ContentSegments.insert(sql, id.value(), 0, segment);
  }

  /**
   * Adds a content whose store file is entered already: that it has a segment more is left to
   * {@link #count} in the same transaction.
   */
  public void addUncounted(Sql sql, ContentId id, NewContent content) {
    addRow(sql, id, content);
    ContentSegments.insert(sql, id.value(), 0, content.segments().getFirst());
  }

  /** Tells a store file of so many segments more, and of the size that it has at least. */
  public void count(Sql sql, String storeFile, long sizeBytes, int segments) {
    StoreFileRows.add(sql, storeFile, sizeBytes, segments, clock.instant());
  }

  private void addRow(Sql sql, ContentId id, NewContent content) {
    entered.incrementAndGet();
    sql.update(
        """
        INSERT INTO contents (id, account_id, size_bytes, sha256, refs, created_at)
        VALUES (?, ?, ?, ?, 1, ?)
        """,
        id.value(),
        content.account().value(),
        content.size(),
        content.sha256(),
        clock.instant());
    sql.update(
        "INSERT INTO content_hashes (content_id, algorithm) VALUES (?, 'whirlpool')", id.value());
  }

  /**
   * Enters a committed store file, or a pack that has at least this size, before the first content
   * in it.
   */
  public void addStoreFile(Sql sql, String name, long sizeBytes) {
    StoreFileRows.add(sql, name, sizeBytes, 0, clock.instant());
  }

  /** Counts a durable record that no content was made of. */
  public void addDead(Sql sql, Segment record) {
    StoreFileRows.addDead(sql, record, clock.instant());
  }

  /** The contents of an account with these bytes, as far as there are some not yet collected. */
  public Map<Fingerprint, ContentId> find(
      Sql sql, AccountId account, Collection<Fingerprint> bytes) {
    return SameBytes.find(sql, account, bytes);
  }

  /** A content of any account with each of these bytes that are there, always the same. */
  public Map<Fingerprint, ContentId> findAnywhere(Sql sql, Collection<Fingerprint> bytes) {
    return SameBytes.find(sql, null, bytes);
  }

  /**
   * Makes a content whose stored bytes are damaged, and all that are made of the same, of {@code
   * sound}, which has the bytes that the content should have.
   */
  public void heal(Sql sql, ContentId content, Segment sound) {
    entered.incrementAndGet();
    NewContent damaged = describe(sql, content);
    List<Long> alike =
        sql.list(
            "SELECT id FROM contents WHERE sha256 = ? AND size_bytes = ? ORDER BY id",
            row -> row.number("id"),
            damaged.sha256(),
            damaged.size());
    for (long each : alike) {
      if (ContentSegments.of(sql, each).equals(damaged.segments())) {
        ContentSegments.drop(sql, each, clock.instant());
        ContentSegments.add(sql, each, List.of(sound));
      }
    }
  }

  /** Takes away a content that no file shows, with its segments and hashes. */
  void remove(Sql sql, ContentId content) {
    ContentSegments.drop(sql, content.value(), clock.instant());
    sql.update("DELETE FROM content_hashes WHERE content_id = ?", content.value());
    sql.update("DELETE FROM contents WHERE id = ?", content.value());
  }

  /** Counts one more file that shows the content; false if the content is gone. */
  public boolean addReference(Sql sql, ContentId content) {
    return sql.update(
            "UPDATE contents SET refs = refs + 1, removed_at = NULL WHERE id = ?", content.value())
        == 1;
  }

  /** Counts one file less; content that no file shows is collected after a grace time. */
  public void dropReference(Sql sql, ContentId content) {
    sql.update(
        """
        UPDATE contents SET refs = refs - 1, removed_at = CASE WHEN refs = 1 THEN ? END
        WHERE id = ?
        """,
        clock.instant(),
        content.value());
  }

  /**
   * Counts one more file, of {@code account}, that shows the content. Equal contents are one within
   * an account, so another account gets a content of its own, made of the same segments.
   *
   * @param own the number of that, if it has to be made
   * @throws io.consigne.core.failure.FailureException {@code NotFound} if the content is gone;
   *     {@code Rotten} if another would have to be made of segments that are not those of its bytes
   */
  public ContentId shareWith(Sql sql, ContentId content, AccountId account, ContentId own) {
    NewContent source = describe(sql, content);
    Optional<ContentId> there =
        source.account().equals(account)
            ? Optional.of(content)
            : findOne(sql, account, new Fingerprint(source.sha256(), source.size()));
    if (there.isPresent() && addReference(sql, there.get())) {
      return there.get();
    }
    refuseOtherBytes(content, source);
    add(sql, own, new NewContent(account, source.size(), source.sha256(), source.segments()));
    sql.update(
        """
        UPDATE content_hashes SET value = (
          SELECT h.value FROM content_hashes h
          WHERE h.content_id = ? AND h.algorithm = 'whirlpool')
        WHERE content_id = ? AND algorithm = 'whirlpool'
        """,
        content.value(),
        own.value());
    return own;
  }

  /** A damaged row may have taken a segment away, or given it another's. */
  private static void refuseOtherBytes(ContentId content, NewContent source) {
    long bytes = Segment.bytes(source.segments());
    if (source.segments().isEmpty() || bytes != source.size()) {
      throw new Failure.Rotten(
              "the segments of content %s have %d of its %d bytes"
                  .formatted(content, bytes, source.size()))
          .asException();
    }
  }

  private Optional<ContentId> findOne(Sql sql, AccountId account, Fingerprint bytes) {
    return Optional.ofNullable(find(sql, account, List.of(bytes)).get(bytes));
  }

  /** Where the bytes of the content are, in order; empty if it is gone. */
  public List<Segment> segments(Sql sql, ContentId content) {
    return ContentSegments.of(sql, content.value());
  }

  private NewContent describe(Sql sql, ContentId content) {
    return sql.first(
            "SELECT account_id, size_bytes, sha256 FROM contents WHERE id = ?",
            row ->
                new NewContent(
                    new AccountId(row.number("account_id")),
                    row.number("size_bytes"),
                    row.text("sha256"),
                    segments(sql, content)),
            content.value())
        .orElseThrow(() -> new Failure.NotFound().asException());
  }
}
