package io.consigne.core.limits;

/** What a call is charged for; each kind has buckets of its own. */
public enum CallKind {
  /** Any call by a known caller. */
  CALL,
  /** A page, or a call that needs no key. */
  OPEN,
  /** A request for what is not there: an unknown path, a wrong method, a dead download address. */
  NOWHERE,
  /** Reading or changing the account, beside being a call. */
  USER_INFO,
  /** Listing every file of the account, beside being a call. */
  ALL_FILES,
  /** Beginning an upload. */
  UPLOAD,
  /** Beginning a download; further ranges of it are not charged. */
  DOWNLOAD,
  /** Coming with a key or password that nobody has. */
  STRANGER
}
