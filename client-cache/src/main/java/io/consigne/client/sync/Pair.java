package io.consigne.client.sync;

import io.consigne.client.model.RemoteFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lies under one path on both sides.
 *
 * @param path below both folders
 * @param local on this machine, or null
 * @param remote at the host; those of one name, in the order of the listing
 * @param match the one of them that is the same as the local file, or null
 * @param state how they compare
 */
public record Pair(
    String path,
    @Nullable LocalFile local,
    List<RemoteFile> remote,
    @Nullable RemoteFile match,
    State state) {
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
}
