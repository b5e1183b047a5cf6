package io.consigne.core.remote;

import io.consigne.core.blobs.Blobs;
import io.consigne.core.db.Database;
import io.consigne.core.links.Links;
import io.consigne.core.remote.source.Sources;
import io.consigne.core.tree.StoredFiles;
import io.consigne.core.uploads.Uploads;

/**
 * What fetches work with.
 *
 * @param database holds the queue
 * @param blobs holds what came of files that are not complete
 * @param sources open what is fetched
 * @param uploads take in what came
 * @param links open files of this host
 * @param files copy them
 * @param meter counts what comes
 */
public record FetchStores(
    Database database,
    Blobs blobs,
    Sources sources,
    Uploads uploads,
    Links links,
    StoredFiles files,
    FetchMeter meter) {}
