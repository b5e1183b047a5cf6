package io.consigne.core.uploads;

/**
 * The begin of a file that survives a crash, see {@link Incoming#checkpoint}.
 *
 * @param storeFile where it stands, unfinished
 * @param bytes how many bytes it has
 */
public record Checkpoint(String storeFile, long bytes) {}
