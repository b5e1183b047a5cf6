package io.consigne.core.links;

import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FileId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.tree.FileName;
import java.time.Instant;

/**
 * What who downloads a file is told of it.
 *
 * @param id its number
 * @param account its owner
 * @param folder where it is
 * @param name its name
 * @param size in bytes
 * @param uploaded when it was taken in
 * @param sha256 of its bytes, 64 hex digits
 */
public record DownloadedFile(
    FileId id,
    AccountId account,
    FolderId folder,
    FileName name,
    long size,
    Instant uploaded,
    String sha256) {}
