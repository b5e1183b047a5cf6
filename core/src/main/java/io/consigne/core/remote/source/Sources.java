package io.consigne.core.remote.source;

/** Where the bytes of fetches come from. */
@FunctionalInterface
public interface Sources {
  /**
   * Asks a source for a file, and returns when the source has said that it sends it. Blocks, for as
   * long as the limits allow; interrupting a virtual thread ends it at once, with {@link
   * SourceException.Reason#STOPPED}.
   *
   * @throws SourceException if there is nothing to fetch; nothing is left open then
   */
  Fetched open(SourceRequest request) throws SourceException;
}
