package io.consigne.client.cache;

import io.consigne.client.budget.Timing;
import io.consigne.client.model.FolderId;
import io.consigne.client.transfer.OpenUpload;
import io.consigne.client.transfer.UploadJournal;
import io.consigne.client.transfer.UploadResult;
import io.consigne.client.transfer.UploadResult.Stored;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The uploads into one folder while it is stored into. What has ended is known to the cache before
 * it is no longer open, so that a process that dies leaves nothing in doubt but what is open.
 */
final class StoreJournal implements UploadJournal, AutoCloseable {
  private final OpenUploads uploads;
  private final OwnChanges own;
  private final FreshListings fresh;
  private final Timing timing;
  private final boolean keepsTimes;
  private final Set<OpenUpload> open = ConcurrentHashMap.newKeySet();

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
