package io.consigne.core.remote.source;

import io.consigne.core.ids.AccountId;

/** Tells others something, by the same rules by which files are fetched. */
@FunctionalInterface
public interface Posts {
  /**
   * Sends a JSON text to an http or https address. Redirections are not followed, and what the
   * other side writes besides the status is not read.
   *
   * @param asker for whom, so that one does not keep others waiting
   * @return the status of the answer, such as 200
   * @throws SourceException if there was no answer
   */
  int post(AccountId asker, SourceUrl url, SourceHeaders headers, byte[] json)
      throws SourceException;
}
