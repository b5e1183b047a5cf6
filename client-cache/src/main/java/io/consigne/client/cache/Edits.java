package io.consigne.client.cache;

import io.consigne.client.cache.CachedFiles.Change;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps a cache true while something is changed at the host. */
final class Edits {
  private final CacheFile file;
  private final Changes changes;
  private final FreshListings fresh;

  Edits(CacheFile file, FreshListings fresh) {
    this.file = file;
    this.changes = new Changes(file);
    this.fresh = fresh;
  }

  /** Tells the cache what came of a change; false if not all of it can be known. */
  @FunctionalInterface
  interface Told<T> {
    boolean tell(T result) throws IOException;
  }

  /** A Consigne host is always asked anew: only a cache that is there could be wrong some day. */
  boolean isKept() throws IOException {
    return !fresh.isSure() || file.isThere();
  }

  /** Changes folders. */
  <T> T change(Set<FolderId> folders, Change<T> change, Told<T> told) throws IOException {
    return change(folders, List.of(), change, told);
  }

  /**
   * Changes folders, and files in theirs.
   *
   * @throws IOException that of the change; or, before anything is done, if the cache cannot be
   *     used and the host may not be asked at any time. What was done is done, even if the cache
   *     cannot be told: its folders stay in doubt then
   */
  <T> T change(Set<FolderId> folders, List<FileLink> links, Change<T> change, Told<T> told)
      throws IOException {
    if (!isKept()) {
      return change.run();
    }
    Map<Long, FolderId> begun;
    try {
      begun = changes.begin(folders, links);
    } catch (IOException e) {
      if (fresh.isSure()) {
        return change.run();
      }
      throw e;
    }
    T result;
    try {
      result = change.run();
    } catch (IOException | RuntimeException | Error e) {
      try {
        doubt(begun);
      } catch (IOException doubt) {
        e.addSuppressed(doubt);
      }
      throw e;
    }
    tell(begun, told, result);
    return result;
  }

  private <T> void tell(Map<Long, FolderId> begun, Told<T> told, T result) {
    try {
      if (told.tell(result)) {
        changes.done(begun);
      } else {
        doubt(begun);
      }
    } catch (IOException e) {
      // The rows of the change stay: once this process has ended, that says as much as a doubt.
      begun.values().forEach(fresh::doubt);
    }
  }

  /** It is not known what is in these folders now. */
  private void doubt(Map<Long, FolderId> begun) throws IOException {
    begun.values().forEach(fresh::doubt);
    changes.failed(begun);
  }
}
