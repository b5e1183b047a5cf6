package io.consigne.server.api.guide;

import java.time.Duration;

/** How much one request of this wire may ask for: the table of the front's limits. */
final class GuideLimits {
  /** The largest body that is no upload, in bytes. */
  static final int BODY_BYTES = 64 * 1024;

  /** How much of a body is looked at to find out whether it is for this front, in bytes. */
  static final int PEEK_BYTES = 16 * 1024;

  /** How much of it is looked at before its parts are read one by one, in bytes. */
  static final int FIRST_HEADERS_BYTES = 512;

  /** How long a body that is no upload may take to arrive. */
  static final Duration BODY_TIME = Duration.ofSeconds(60);

  /** How deep a JSON body may be nested. */
  static final int JSON_DEPTH = 5;

  /** The most names, values and brackets of a JSON body. */
  static final int JSON_TOKENS = 5_000;

  /** The most files that one call may name. */
  static final int FILES_PER_CALL = 1_000;

  /** The most parts of a multipart body, fields and files together. */
  static final int PARTS = 600;

  /** The most bytes of headers of one part. */
  static final int PART_HEADER_BYTES = 16 * 1024;

  /** The largest plain field of a multipart body, in bytes. */
  static final int FIELD_BYTES = 16 * 1024;

  /** How long names and values of all plain fields are together; each counts as 64 at least. */
  static final int FIELDS_LENGTH = 64 * 1024;

  /** What a field costs beside its name and value. */
  static final int FIELD_LENGTH = 64;

  /** The buffer of an upload, in bytes. */
  static final int UPLOAD_BUFFER_BYTES = 32 * 1024;

  /** How much of a refused upload is read before it is answered. */
  static final long DRAIN_BYTES = 64L << 20;

  private GuideLimits() {}
}
