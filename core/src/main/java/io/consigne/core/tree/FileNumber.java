package io.consigne.core.tree;

import io.consigne.core.ids.ContentId;
import io.consigne.core.ids.FileId;

/**
 * What a new file is entered as.
 *
 * @param value its number, and that of the content if one is made for it
 * @param revision the revision of its owner's tree
 */
public record FileNumber(long value, long revision) {
  FileId file() {
    return new FileId(value);
  }

  /** The number of a content that is made for the file. */
  public ContentId content() {
    return new ContentId(value);
  }
}
