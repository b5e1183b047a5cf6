package io.consigne.core.uploads;

import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.Contents;
import io.consigne.core.blobs.PendingHashes;
import io.consigne.core.blobs.UnenteredFiles;
import io.consigne.core.db.Database;

/**
 * Where uploads go.
 *
 * @param database knows them
 * @param blobs keeps their bytes
 * @param contents the database's side of the store
 * @param unentered holds the sweep off store files that are on their way
 * @param hashes computes what an upload does not wait for
 */
public record UploadStores(
    Database database,
    Blobs blobs,
    Contents contents,
    UnenteredFiles unentered,
    PendingHashes hashes) {}
