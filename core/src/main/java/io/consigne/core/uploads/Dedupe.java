package io.consigne.core.uploads;

/** Among which files equal bytes are stored once. */
public enum Dedupe {
  /** Those of one account. */
  ACCOUNT,
  /** Those of all accounts; the speed of an upload then tells that somebody has the same file. */
  HOST
}
