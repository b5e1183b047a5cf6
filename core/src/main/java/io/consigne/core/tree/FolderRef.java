package io.consigne.core.tree;

import io.consigne.core.ids.FolderId;

/** How a caller names a folder. */
public sealed interface FolderRef {
  /** The root of what the caller sees. */
  FolderRef ROOT = new Root();

  /** A folder by its id, whoever owns it. */
  static FolderRef of(FolderId id) {
    return new ById(id);
  }

  /** The root of what the caller sees. */
  record Root() implements FolderRef {}

  /** A folder by its id. */
  record ById(FolderId id) implements FolderRef {}

  /** The root folder of another account, which shares it; by that account's e-mail. */
  record RootOf(String email) implements FolderRef {}
}
