package io.consigne.core.db;

/** What becomes of a database of an earlier version when it is opened. */
enum Schema {
  /** It is brought up to date; an earlier program does not open it any more. */
  UPDATED,
  /** It is refused, and stays as it is. */
  AS_IT_IS
}
