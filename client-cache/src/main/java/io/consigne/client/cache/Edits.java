package io.consigne.client.cache;

import io.consigne.client.cache.CachedFiles.Change;
import io.consigne.client.model.FolderId;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Keeps a cache true while something is changed at the host. */
final class Edits {
  private final CacheFile file;
  private final Changes changes;
  private final Asking asking;

  Edits(CacheFile file, Asking asking) {
    this.file = file;
    this.changes = new Changes(file);
    this.asking = asking;
  }

  /** Something done with the cache. */
  @FunctionalInterface
  interface Note {
    void run() throws IOException;
  }

  /** A Consigne host is always asked anew: only a cache that is there could be wrong some day. */
  private boolean isKept() throws IOException {
    return file.isThere() || !asking.isSure();
  }

  /** Tells the cache, if it is to be told. */
  void note(Note note) throws IOException {
    if (isKept()) {
      note.run();
    }
  }

  /** Changes folders; the cache is to be told within what comes of it. */
  <T> T change(Set<FolderId> folders, Change<T> change) throws IOException {
    if (!isKept()) {
      return change.run();
    }
    Map<FolderId, Long> begun = changes.begin(folders);
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
    changes.done(begun);
    return result;
  }

  private void doubt(Map<FolderId, Long> change) throws IOException {
    change.keySet().forEach(asking::doubt);
    changes.failed(change);
  }

  /** Of a folder it is not known what is in it now. */
  void doubt(Set<FolderId> folders) throws IOException {
    doubt(changes.begin(folders));
  }
}
