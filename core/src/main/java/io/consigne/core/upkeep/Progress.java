package io.consigne.core.upkeep;

/**
 * How far a task is.
 *
 * @param what it does just now
 * @param done how much of it is done
 * @param total how much there is; 0 if that is not known
 * @param unit what is counted
 */
public record Progress(String what, long done, long total, Unit unit) {
  /** What is counted. */
  public enum Unit {
    BYTES,
    ROWS
  }

  /** Counts bytes. */
  static Progress bytes(String what, long done, long total) {
    return new Progress(what, done, total, Unit.BYTES);
  }

  /** Counts rows of the database, or store files. */
  static Progress rows(String what, long done, long total) {
    return new Progress(what, done, total, Unit.ROWS);
  }
}
