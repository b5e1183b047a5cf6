package io.consigne.core.uploads;

/**
 * What equal contents have in common.
 *
 * @param sha256 64 hex digits
 * @param size in bytes
 */
record Fingerprint(String sha256, long size) {}
