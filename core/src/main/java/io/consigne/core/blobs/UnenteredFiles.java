package io.consigne.core.blobs;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The store files of this process that are visible, or about to be, while the database does not
 * know them yet. The sweep leaves them alone.
 */
public final class UnenteredFiles {
  private final Set<String> names = ConcurrentHashMap.newKeySet();

  /** Knows none. */
  public UnenteredFiles() {}

  /** Adds names, before the store makes them visible. */
  public void add(Collection<String> storeFiles) {
    names.addAll(storeFiles);
  }

  /** Takes names out again, after the database knows them or the store has deleted them. */
  public void remove(Collection<String> storeFiles) {
    storeFiles.forEach(names::remove);
  }

  /** Whether the store file is still on its way. */
  public boolean contains(String storeFile) {
    return names.contains(storeFile);
  }
}
