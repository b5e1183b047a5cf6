package io.consigne.core.uploads;

import io.consigne.core.audit.Action;
import io.consigne.core.audit.AuditLog;
import io.consigne.core.audit.Entry;
import io.consigne.core.db.Sql;
import io.consigne.core.db.UniqueViolation;
import io.consigne.core.events.Outbox;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.ContentId;
import io.consigne.core.ids.RandomText;
import io.consigne.core.ids.Sha256;
import io.consigne.core.tree.FileEntry;
import io.consigne.core.tree.FileNumber;
import io.consigne.core.tree.NewFile;
import io.consigne.core.tree.Placement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Enters the files of an upload and its report, all in one transaction. */
final class CommitTransaction {
  private static final int CODE_LENGTH = 20;

  private final UploadHead head;
  private final List<Received> files;
  private final UploadForm form;
  private final CommitRules rules;
  private final Alongside alongside;
  private final Destination destination;

  CommitTransaction(
      UploadHead head,
      List<Received> files,
      UploadForm form,
      CommitRules rules,
      Alongside alongside) {
    this.head = head;
    this.files = files;
    this.form = form;
    this.rules = rules;
    this.alongside = alongside;
    this.destination = new Destination(head.sender(), form, rules.tree());
  }

  /** Where the files go. */
  Destination destination() {
    return destination;
  }

  /**
   * Does it, with what {@code durable} says of the upload's bytes.
   *
   * @throws FailureException {@code Conflict}, {@code NotAuthenticated}
   * @throws CopyNeeded if bytes are needed that are not durable
   */
  Outcome run(Sql sql, Durable durable, Set<ContentId> damaged) {
    Instant now = rules.clock().instant();
    head.sender().requireStillKnown(sql, now);
    alongside.before(sql);
    addUpload(sql, now);
    var work = new CommitWork(sql, rules, durable, damaged);
    Target target = target(sql, now);
    var report = new ArrayList<UploadedFile>();
    long lowest = Long.MAX_VALUE;
    KeptFiles kept = admit(sql, target, work);
    for (Received file : files) {
      Item item = item(sql, work, target, file, kept);
      addItem(sql, report.size(), item);
      report.add(item.file());
      lowest = item.content() == null ? lowest : Math.min(lowest, item.content().value());
    }
    work.countSegments();
    work.countDead(whole(files));
    note(sql, target, report);
    var whole = new UploadReport(head.id(), destination.isIncoming(), report);
    alongside.after(sql, whole);
    return new Outcome(whole, work.entered(), lowest);
  }

  /** Those files that can be kept at all. */
  static List<Received.Whole> whole(List<Received> files) {
    return files.stream()
        .filter(Received.Whole.class::isInstance)
        .map(Received.Whole.class::cast)
        .toList();
  }

  /** One line for all files, in the log of their owner. */
  private void note(Sql sql, Target target, List<UploadedFile> report) {
    List<String> kept =
        report.stream()
            .filter(UploadedFile.Kept.class::isInstance)
            .map(UploadedFile.Kept.class::cast)
            .map(file -> "file " + file.link() + " " + file.name())
            .toList();
    Placement placement = target.placement();
    if (placement != null && !kept.isEmpty()) {
      AuditLog.add(
          sql,
          target.now(),
          Entry.done(placement.owner(), head.sender().actor(), Action.FILE_UPLOAD, kept));
      tell(sql, target, placement, report);
    }
  }

  /**
   * Whose files they are is told, and who sent them into another's folder; but of a fetch, of which
   * its account hears as such, only the other.
   */
  private void tell(Sql sql, Target target, Placement placement, List<UploadedFile> report) {
    Sender sender = head.sender();
    boolean owns = !sender.guest() && sender.access().account().equals(placement.owner());
    if (Objects.requireNonNull(target.room()).told() && (alongside.isUpload() || !owns)) {
      Outbox.add(sql, target.now(), placement.owner(), UploadEvent.of(sql, placement, report));
    }
    if (alongside.isUpload() && !owns && !sender.guest()) {
      UploadEvent.ofShared(sql, sender, placement, report)
          .ifPresent(event -> Outbox.add(sql, target.now(), sender.access().account(), event));
    }
  }

  private Target target(Sql sql, Instant now) {
    try {
      Placement placement = destination.resolve(sql);
      return new Target(placement, destination.room(sql, placement.owner()), null, now);
    } catch (FailureException e) {
      return new Target(null, null, e.failure(), now);
    }
  }

  /**
   * Decides which files are kept, charges for all of them at once, and looks for their contents.
   */
  private KeptFiles admit(Sql sql, Target target, CommitWork work) {
    var kept = new KeptFiles(target.room(), target.refusal());
    files.forEach(kept::decide);
    if (kept.files() > 0) {
      Placement placement = Objects.requireNonNull(target.placement());
      kept.number(rules.tree().entry().charge(sql, placement, kept.bytes(), kept.files()));
      work.find(placement.owner(), whole(kept.kept(files)));
    }
    return kept;
  }

  private Item item(Sql sql, CommitWork work, Target target, Received file, KeptFiles kept) {
    Failure reason = kept.refusal(file);
    if (reason != null) {
      return refused(file, reason);
    }
    return keep(sql, work, target, (Received.Whole) file, kept.next());
  }

  private Item keep(
      Sql sql, CommitWork work, Target target, Received.Whole file, FileNumber number) {
    Placement placement = Objects.requireNonNull(target.placement());
    ContentId content = work.content(placement.owner(), file, number.content());
    String code = removalCode();
    Instant modified = Objects.requireNonNullElse(file.modified(), target.now());
    FileEntry.Entered entered =
        rules
            .tree()
            .entry()
            .enter(
                sql,
                placement,
                new NewFile(
                    file.name(),
                    content,
                    file.size(),
                    modified,
                    form.domain(),
                    form.password(),
                    destination.rules(),
                    code.isEmpty() ? null : Sha256.hex(code)),
                number);
    var kept =
        new UploadedFile.Kept(
            file.name().value(),
            file.size(),
            entered.link(),
            form.domain(),
            modified,
            file.fingerprint().sha256(),
            work.isNew(content) ? "" : whirlpool(sql, content),
            code);
    return new Item(kept, entered.id().value(), content);
  }

  private static Item refused(Received file, Failure reason) {
    String text = ReportText.of(reason.message());
    return new Item(
        new UploadedFile.Refused(file.shownName(), file.size(), text, reason), null, null);
  }

  /** A guest has no other way to remove a file; a recipient has. */
  private String removalCode() {
    return head.sender().guest() && !destination.isIncoming()
        ? RandomText.draw(rules.random(), RandomText.BASE62, CODE_LENGTH)
        : "";
  }

  private static String whirlpool(Sql sql, ContentId content) {
    return sql.first(
            """
            SELECT value FROM content_hashes
            WHERE content_id = ? AND algorithm = 'whirlpool' AND value IS NOT NULL
            """,
            row -> row.text("value"),
            content.value())
        .orElse("");
  }

  private void addUpload(Sql sql, Instant now) {
    Sender sender = head.sender();
    try {
      sql.update(
          "INSERT INTO uploads (id, account_id, incoming, finished_at) VALUES (?, ?, ?, ?)",
          head.id().value(),
          sender.guest() ? null : sender.access().account().value(),
          destination.isIncoming(),
          now);
    } catch (UniqueViolation e) {
      throw UploadReports.used(head.id());
    }
  }

  private void addItem(Sql sql, int position, Item item) {
    Optional<UploadedFile.Kept> kept =
        item.file() instanceof UploadedFile.Kept file ? Optional.of(file) : Optional.empty();
    sql.update(
        """
        INSERT INTO upload_items (upload_id, position, name, size_bytes, file_id, link,
          removal_code, refusal)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        head.id().value(),
        position,
        item.file().name(),
        item.file().size(),
        item.fileId(),
        kept.map(file -> file.link().value()).orElse(null),
        kept.map(UploadedFile.Kept::removalCode).orElse(null),
        item.file() instanceof UploadedFile.Refused file ? file.reason() : null);
  }

  /** The folder and its owner's room, or why there is none. */
  private record Target(
      @Nullable Placement placement, @Nullable Room room, @Nullable Failure refusal, Instant now) {}

  private record Item(UploadedFile file, @Nullable Long fileId, @Nullable ContentId content) {}

  /**
   * What the transaction did.
   *
   * @param report for the sender
   * @param entered the store files of the upload that the database knows now
   * @param lowestContent the lowest number of a content that a file shows
   */
  record Outcome(UploadReport report, Set<String> entered, long lowestContent) {}
}
