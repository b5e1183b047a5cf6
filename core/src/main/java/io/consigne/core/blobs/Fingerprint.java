package io.consigne.core.blobs;

/**
 * What equal contents have in common.
 *
 * @param sha256 64 hex digits
 * @param size in bytes
 */
public record Fingerprint(String sha256, long size) {}
