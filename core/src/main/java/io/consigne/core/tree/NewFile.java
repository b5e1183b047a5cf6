package io.consigne.core.tree;

import io.consigne.core.ids.ContentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file to be entered in the tree.
 *
 * @param name its name
 * @param content its content, with one reference already counted for this file
 * @param size the content's size in bytes
 * @param modified the client's modification time, else the upload's
 * @param domain the wire's domain id of its link, 0 to 10
 * @param password Argon2id hash of the password that opens its link, or null
 * @param rules who else than its owner may use its link
 * @param removalCode SHA-256 of the code of its removal link, or null
 */
public record NewFile(
    FileName name,
    ContentId content,
    long size,
    Instant modified,
    int domain,
    @Nullable String password,
    AccessRules rules,
    @Nullable String removalCode) {
  /** No hash of a password or a code. */
  @Override
  public String toString() {
    return "NewFile[name=%s, content=%s, size=%d]".formatted(name, content, size);
  }
}
