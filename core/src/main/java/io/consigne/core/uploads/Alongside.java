package io.consigne.core.uploads;

import io.consigne.core.db.Sql;

/**
 * What else happens in the transaction that enters an upload: all of it or nothing. It may be run
 * more than once, as every transaction; a failure that it throws undoes the upload.
 */
public interface Alongside {
  /** Nothing. */
  Alongside NOTHING = new Alongside() {};

  /** Whether the owner of the files is told of an upload; else of something else. */
  default boolean isUpload() {
    return true;
  }

  /** Happens before room is looked for. */
  default void before(Sql sql) {}

  /** Happens after the files are entered. */
  default void after(Sql sql, UploadReport report) {}
}
