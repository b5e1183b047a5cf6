package io.consigne.core.tree;

import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.ContentId;
import io.consigne.core.ids.FileId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file of the tree.
 *
 * @param id its number
 * @param account the folder's owner
 * @param folder where it is
 * @param name its name; others in the folder may have the same
 * @param content what it shows
 * @param size in bytes
 * @param link its public id
 * @param uploaded when it was taken in
 * @param modified the client's modification time, else {@code uploaded}
 * @param revision the account's change counter when it last changed
 * @param sha256 of its bytes, 64 hex digits
 * @param whirlpool of its bytes, 128 hex digits; empty until it was computed
 * @param removalOrNull when it will be removed because nobody downloads it, null if it will not
 * @param attributes what its owner set
 */
public record StoredFile(
    FileId id,
    AccountId account,
    FolderId folder,
    FileName name,
    ContentId content,
    long size,
    LinkId link,
    Instant uploaded,
    Instant modified,
    long revision,
    String sha256,
    String whirlpool,
    @Nullable Instant removalOrNull,
    FileAttributes attributes) {
  /** What the audit log calls it. */
  public String label() {
    return "file " + link + " " + name;
  }
}
