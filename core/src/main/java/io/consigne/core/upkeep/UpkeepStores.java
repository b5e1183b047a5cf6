package io.consigne.core.upkeep;

import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.DeletionHold;
import io.consigne.core.blobs.UnenteredFiles;
import io.consigne.core.db.Database;

/**
 * What is taken care of.
 *
 * @param database knows what is stored
 * @param blobs keeps it
 * @param unentered the store files that are on their way into the database
 * @param hold keeps store files from being deleted
 */
public record UpkeepStores(
    Database database, Blobs blobs, UnenteredFiles unentered, DeletionHold hold) {}
