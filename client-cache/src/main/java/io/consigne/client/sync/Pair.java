package io.consigne.client.sync;

import io.consigne.client.model.RemoteFile;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies under one path on both sides.
 *
 * @param path below both folders
 * @param local on this machine, or null
 * @param remote at the host; those of one name, in the order of the listing
 * @param match the one of them that is the same as the local file, the newest if several are; or
 *     null
 * @param state how they compare
 */
public record Pair(
    String path,
    @Nullable LocalFile local,
    List<RemoteFile> remote,
    @Nullable RemoteFile match,
    State state) {
  /** By when they were stored; those of which that is not known come first. */
  static final Comparator<RemoteFile> BY_TIME =
      Comparator.comparing(
          file -> file.times().uploaded(), Comparator.nullsFirst(Comparator.naturalOrder()));

  /** How both sides compare. */
  public enum State {
    /** The same, by checksum, or by size and time. */
    SAME,
    /** Not the same. */
    DIFFERENT,
    /** Of the same size; the host has no checksum, and no time is remembered. */
    UNKNOWN,
    /** On this machine alone. */
    LOCAL_ONLY,
    /** At the host alone. */
    REMOTE_ONLY
  }

  /** Copies. */
  public Pair {
    remote = List.copyOf(remote);
  }

  /** Whether a file of the host came after the one that is the same, so far as times tell. */
  boolean isOutdated() {
    RemoteFile same = match;
    return same != null && remote.stream().anyMatch(file -> BY_TIME.compare(same, file) < 0);
  }
}
