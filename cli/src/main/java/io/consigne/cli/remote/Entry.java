package io.consigne.cli.remote;

import io.consigne.client.model.Folder;
import io.consigne.client.model.RemoteFile;

/** Something in the tree of an account. */
public sealed interface Entry {
  /** Where it is. */
  RemotePath path();

  /** A folder. */
  record OfFolder(RemotePath path, Folder folder) implements Entry {}

  /** A file; others may have the same path. */
  record OfFile(RemotePath path, RemoteFile file) implements Entry {}
}
