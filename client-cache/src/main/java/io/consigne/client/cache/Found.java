package io.consigne.client.cache;

/** How a file is found that is about to be removed. Of several, what comes first counts. */
public enum Found {
  /** Where it was, so that it was removed. */
  THERE,
  /** Not where it was: it has moved, got another name or is gone. It stays. */
  MOVED,
  /** Nowhere. */
  GONE,
  /** The host does not tell: it lists some of the folder's files only. It stays. */
  UNTOLD
}
