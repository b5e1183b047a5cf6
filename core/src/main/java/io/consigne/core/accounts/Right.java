package io.consigne.core.accounts;

/** What a key may be allowed to do with what it reaches. */
public enum Right {
  /** List, read and download. */
  READ,
  /** Upload, make folders, move, rename, copy into. */
  WRITE,
  /** Remove files and folders. */
  DELETE,
  /** Publish, share, set passwords and rules. */
  SHARE,
  /** Have the host fetch from elsewhere. */
  REMOTE,
  /** Read and change the account's settings. */
  ACCOUNT
}
