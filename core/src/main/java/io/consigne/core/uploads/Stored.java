package io.consigne.core.uploads;

import io.consigne.core.blobs.Segment;
import io.consigne.core.blobs.StoreFileWriter;
import java.util.concurrent.CompletableFuture;

/**
 * The bytes of a received file, written but not committed.
 *
 * @param segment where they stand
 * @param file the store file, which may hold others, too
 * @param sha256 completes with their hash in 64 hex digits
 */
record Stored(Segment segment, StoreFileWriter file, CompletableFuture<String> sha256) {}
