package io.consigne.client.standin;

import java.time.Instant;

/**
 * A file of the stand-in.
 *
 * @param id of its link
 * @param folder it lies in
 * @param name its name
 * @param bytes its content
 * @param stored when
 */
@SuppressWarnings("ArrayRecordComponent")
record StoredFile(String id, long folder, String name, byte[] bytes, Instant stored) {}
