package io.consigne.client.cache;

import io.consigne.client.model.RemoteFile;
import java.util.List;

/**
 * Files that are alike.
 *
 * @param byContent whether their checksums are; else only size and name are
 * @param sizeBytes of each
 * @param files at least two, by path
 */
public record Copies(boolean byContent, long sizeBytes, List<RemoteFile> files) {
  /** Copies, and refuses a file that is there once. */
  public Copies {
    files = List.copyOf(files);
    if (files.size() < 2) {
      throw new IllegalArgumentException("one file is no copy: " + files);
    }
  }
}
