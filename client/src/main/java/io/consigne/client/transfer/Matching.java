package io.consigne.client.transfer;

import io.consigne.client.model.Capabilities;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.wire.UploadReport;
import io.consigne.client.wire.UploadReport.Kept;
import io.consigne.client.wire.UploadReport.NotKept;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds which of the host's files are those that were sent; each is taken once. */
final class Matching {
  private final Map<SentFile, UploadResult> results = new LinkedHashMap<>();
  private final List<SentFile> open;
  private final Set<FileLink> others;

  private Matching(List<SentFile> sent, Set<FileLink> others) {
    this.open = new ArrayList<>(sent);
    this.others = others;
  }

  /** For files to be sent; {@code others} were there before. */
  static Matching of(
      List<UploadSource> sources, Set<FileLink> others, Progress progress, Capabilities offered) {
    boolean withWhirlpool = !offered.consigne();
    return new Matching(
        sources.stream().map(source -> new SentFile(source, progress, withWhirlpool)).toList(),
        others);
  }

  /** For files that have gone out, by another process. */
  static Matching of(OpenUpload upload) {
    return new Matching(upload.files().stream().map(SentFile::new).toList(), upload.others());
  }

  /** Some of them, in a request of their own. */
  Matching of(List<SentFile> some) {
    return new Matching(some, others);
  }

  /** It is known what became of some. */
  void take(Matching part) {
    part.results.forEach(this::close);
  }

  boolean isAnyStored() {
    return results.values().stream().anyMatch(UploadResult.Stored.class::isInstance);
  }

  /** Those of which nothing is known. */
  List<SentFile> open() {
    return List.copyOf(open);
  }

  /** Files that were there before. */
  Set<FileLink> others() {
    return others;
  }

  Map<SentFile, UploadResult> results() {
    return results;
  }

  /** Takes what a report says: by name and size, then what is left in order of sending by size. */
  void take(UploadReport report) throws IOException {
    var kept = new ArrayList<>(report.kept());
    for (SentFile file : open()) {
      Optional<Kept> same =
          kept.stream()
              .filter(item -> item.name().equals(file.source().name()) && isSize(item, file))
              .findFirst();
      if (same.isPresent()) {
        kept.remove(same.get());
        settle(file, same.get());
      }
    }
    takeRefused(report.refused());
    for (SentFile file : kept.size() == open.size() ? open() : List.<SentFile>of()) {
      Kept next = kept.removeFirst();
      if (isSize(next, file)) {
        settle(file, next);
      }
    }
  }

  private void takeRefused(List<NotKept> refused) {
    var left = new ArrayList<>(refused);
    for (SentFile file : open()) {
      left.stream()
          .filter(item -> item.name().equals(file.source().name()))
          .findFirst()
          .ifPresent(item -> {
            left.remove(item);
            close(file, new UploadResult.NotStored(file.source(), item.refusal()));
          });
    }
  }

  /**
   * Takes what lies in the folder, by name, size and checksum.
   *
   * @param last whether a file whose checksum is not known yet counts, too
   */
  void take(List<RemoteFile> files, boolean last) throws IOException {
    var left = new ArrayList<>(files);
    for (SentFile file : open()) {
      for (Iterator<RemoteFile> i = left.iterator(); i.hasNext(); ) {
        RemoteFile found = i.next();
        FileLink link = found.link();
        if (link != null && !others.contains(link) && isSame(found, file, last)) {
          i.remove();
          close(file, stored(file, link, found.name(), found.checksums()));
          break;
        }
      }
    }
  }

  private static boolean isSame(RemoteFile found, SentFile file, boolean last) throws IOException {
    return found.name().equals(file.source().name())
        && found.sizeBytes() == file.source().sizeBytes()
        && (last || !found.checksums().isEmpty())
        && file.isSame(found.checksums());
  }

  private static boolean isSize(Kept item, SentFile file) {
    return item.sizeBytes() == file.source().sizeBytes();
  }

  /**
   * A report's file, as far as it tells checksums: its Whirlpool is compared if that of the bytes
   * was computed on their way; they are not read again for it.
   */
  private void settle(SentFile file, Kept item) throws IOException {
    Checksums told = item.checksums();
    var quick = file.whirlpool() == null ? new Checksums(null, told.sha256()) : told;
    close(
        file,
        file.isSame(quick)
            ? stored(file, item.link(), item.name(), item.checksums())
            : new UploadResult.NotStored(
                file.source(),
                new Refusal.Damaged(
                    new Said(0, "the host stored other bytes than were sent: " + item.link()))));
  }

  private static UploadResult stored(
      SentFile file, FileLink link, String name, Checksums checksums) {
    var known =
        checksums.sha256() == null
            ? new Checksums(checksums.whirlpool(), file.sha256())
            : checksums;
    return new UploadResult.Stored(file.source(), link, name, known);
  }

  void refuse(Refusal refusal) {
    open().forEach(file -> refuse(file, refusal));
  }

  /** The host has them, and does not tell what became of them. */
  void doubt() {
    open().forEach(file -> close(file, inDoubt(file.source())));
  }

  static UploadResult inDoubt(UploadSource source) {
    Said said =
        new Said(
            0,
            "the host may have %s, and does not tell yet what became of it; the same again asks"
                    .formatted(source.name())
                + " for it before anything is sent");
    return new UploadResult.InDoubt(source, new Refusal.Unavailable(said, Duration.ZERO));
  }

  /** None is sent. */
  Map<SentFile, UploadResult> notTried(Refusal why) {
    open().forEach(file -> close(file, new UploadResult.NotTried(file.source(), why)));
    return results;
  }

  /** One file is not to be sent. */
  void refuse(SentFile file, Refusal refusal) {
    close(file, new UploadResult.NotStored(file.source(), refusal));
  }

  private void close(SentFile file, UploadResult result) {
    open.remove(file);
    results.put(file, result);
  }
}
