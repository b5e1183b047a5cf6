package io.consigne.client.model;

import java.time.Instant;

/**
 * A file that the host will remove, since nobody downloads it.
 *
 * @param name of the file
 * @param sizeBytes its length
 * @param time when it will be gone
 */
public record Removal(String name, long sizeBytes, Instant time) {}
