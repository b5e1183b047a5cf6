package io.consigne.client.sync;

import io.consigne.client.model.RemoteFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that a run does. */
public sealed interface Step {
  /**
   * What it is done to.
   *
   * @return a path below both folders, without slashes at its ends
   */
  String path();

  /**
   * Makes a folder at the host.
   *
   * @param path of the folder; the empty one is the top folder itself
   */
  record MakeFolder(String path) implements Step {}

  /**
   * Stores a local file, then removes what had its path before.
   *
   * @param path below both folders
   * @param file that is sent
   * @param replaced what is removed afterwards
   */
  record Send(String path, LocalFile file, List<RemoteFile> replaced) implements Step {
    /** Copies. */
    public Send {
      replaced = List.copyOf(replaced);
    }
  }

  /**
   * Removes files at the host.
   *
   * @param path below both folders
   * @param files that have the path
   * @param isCopy whether another file of the path stays
   */
  record RemoveRemote(String path, List<RemoteFile> files, boolean isCopy) implements Step {
    /** Copies. */
    public RemoveRemote {
      files = List.copyOf(files);
    }
  }

  /**
   * Fetches a file.
   *
   * @param path below both folders
   * @param file that is fetched
   * @param replaced the local file of that path as it was when it was compared; null if there was
   *     none
   */
  record Fetch(String path, RemoteFile file, @Nullable LocalFile replaced) implements Step {
    /**
     * Whether a local file is replaced.
     *
     * @return whether there was one
     */
    public boolean replaces() {
      return replaced != null;
    }
  }

  /**
   * Removes a local file.
   *
   * @param path below both folders
   * @param file as it was when it was compared
   */
  record RemoveLocal(String path, LocalFile file) implements Step {}
}
