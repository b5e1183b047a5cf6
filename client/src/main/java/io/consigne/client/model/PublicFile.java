package io.consigne.client.model;

/**
 * A file of a public folder.
 *
 * @param link to fetch it by
 * @param name its name
 * @param sizeBytes its length
 * @param locks what stands before its link
 */
public record PublicFile(FileLink link, String name, long sizeBytes, RemoteFile.Locks locks) {}
