package io.consigne.client.cache;

import java.time.Instant;

/**
 * A look into a folder.
 *
 * @param contents what was told, and what this machine has changed since
 * @param start when the host was asked; then some of it may have been told
 * @param end when all of it was told
 */
record Look(Contents contents, Instant start, Instant end) {}
