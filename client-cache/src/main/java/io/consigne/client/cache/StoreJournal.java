package io.consigne.client.cache;

import io.consigne.client.budget.Timing;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FolderId;
import io.consigne.client.transfer.OpenUpload;
import io.consigne.client.transfer.OpenUpload.Item;
import io.consigne.client.transfer.TransferLimits;
import io.consigne.client.transfer.UploadJournal;
import io.consigne.client.transfer.UploadResult;
import io.consigne.client.transfer.UploadResult.Stored;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The uploads into one folder while it is stored into. What has ended is known to the cache before
 * it is no longer open, so that a process that dies leaves nothing in doubt but what is open.
 */
final class StoreJournal implements UploadJournal, AutoCloseable {
  /** Whoever settles has just looked into the folder of what stays in doubt. */
  private static final Duration LISTED = TransferLimits.LISTED_LATE;

  private final OpenUploads uploads;
  private final OwnChanges own;
  private final FreshListings fresh;
  private final Timing timing;
  private final boolean keepsTimes;
  private final Set<OpenUpload> open = ConcurrentHashMap.newKeySet();
  private final Map<FolderId, List<Item>> missing = new HashMap<>();
  private @Nullable List<OpenUploads.Left> inDoubt;

  StoreJournal(CacheFile file, FreshListings fresh, Timing timing, boolean keepsTimes) {
    this.uploads = new OpenUploads(file);
    this.own = new OwnChanges(file);
    this.fresh = fresh;
    this.timing = timing;
    this.keepsTimes = keepsTimes;
  }

  @Override
  public void open(OpenUpload upload) throws IOException {
    open.add(upload);
    try {
      uploads.keep(upload, timing.now());
    } catch (IOException e) {
      // A host that lists at once needs no journal.
      if (!fresh.isSure()) {
        throw e;
      }
    }
  }

  @Override
  public void taken(OpenUpload upload) {
    try {
      uploads.taken(upload);
    } catch (IOException e) {
      // It is open as others are.
    }
  }

  @Override
  public boolean isInDoubt(FolderId folder, UploadSource source) {
    return missing(folder).stream().anyMatch(item -> isSame(item, source));
  }

  /** By their time, or by their checksums: what comes by a pipe has another time in each run. */
  private static boolean isSame(Item item, UploadSource source) {
    Instant then = item.modified();
    Instant now = source.modified();
    return item.name().equals(source.name())
        && item.sizeBytes() == source.sizeBytes()
        && ((then != null && now != null && kept(then).equals(kept(now)))
            || matches(source, item.checksums()));
  }

  private static boolean matches(UploadSource source, Checksums checksums) {
    try {
      return !checksums.isEmpty() && source.matches(checksums);
    } catch (IOException e) {
      // Sending it will fail, and say why.
      return false;
    }
  }

  /** As exact as a row has it. */
  private static Instant kept(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  /** Files that are in doubt, and not listed yet. No other folder is asked for. */
  private synchronized List<Item> missing(FolderId folder) {
    List<Item> known = missing.get(folder);
    if (known == null) {
      known =
          inDoubt().stream()
              .filter(left -> left.upload().folder().equals(folder))
              .flatMap(left -> missing(left).stream())
              .toList();
      missing.put(folder, known);
    }
    return known;
  }

  private List<Item> missing(OpenUploads.Left left) {
    try {
      return Settling.missing(left.upload(), fresh.list(left.folder(), LISTED).files());
    } catch (IOException e) {
      // Then each may be missing.
      return left.upload().files();
    }
  }

  /** What was left in doubt before this one. */
  private List<OpenUploads.Left> inDoubt() {
    List<OpenUploads.Left> known = inDoubt;
    if (known == null) {
      known = List.of();
      try {
        if (!fresh.isSure()) {
          Instant now = timing.now();
          known = uploads.left("", now).stream().filter(left -> left.isInDoubt(now)).toList();
        }
      } catch (IOException e) {
        // Who cannot read the journal cannot keep an upload in it either.
      }
      inDoubt = known;
    }
    return known;
  }

  @Override
  public void end(List<OpenUpload> ended, List<UploadResult> results) {
    try {
      if (!ended.isEmpty()) {
        stored(ended.getFirst().folder(), results);
        uploads.remove(ended);
      }
      ended.forEach(open::remove);
    } catch (IOException e) {
      // They stay open: whoever is next asks what became of them.
    }
  }

  /** Tells the cache what was stored; false if not all of it can be known. */
  boolean stored(FolderId folder, List<UploadResult> results) throws IOException {
    List<Stored> files =
        results.stream()
            .flatMap(
                result -> result instanceof Stored one ? Stream.of(one) : Stream.<Stored>empty())
            .toList();
    return own.stored(folder, files, timing.now(), keepsTimes);
  }

  /** What is still open is given up. */
  @Override
  public void close() {
    try {
      if (!open.isEmpty()) {
        uploads.leave(open);
      }
    } catch (IOException e) {
      // They are this process's until it ends, which says as much.
    }
  }
}
