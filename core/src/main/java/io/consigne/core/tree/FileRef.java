package io.consigne.core.tree;

import io.consigne.core.ids.LinkId;

/** How a caller names a file. */
public sealed interface FileRef {
  /** A file by its link. */
  static FileRef of(LinkId link) {
    return new ByLink(link);
  }

  /** A file by its link. */
  record ByLink(LinkId link) implements FileRef {}

  /** The newest file of that name in a folder: how a file is named whose link is hidden. */
  record ByName(FolderRef folder, FileName name) implements FileRef {}
}
