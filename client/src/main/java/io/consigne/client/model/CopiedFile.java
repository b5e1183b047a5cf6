package io.consigne.client.model;

/**
 * A file and its copy.
 *
 * @param from the file
 * @param to its copy
 */
public record CopiedFile(FileLink from, FileLink to) {}
