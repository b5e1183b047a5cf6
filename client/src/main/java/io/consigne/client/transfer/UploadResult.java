package io.consigne.client.transfer;

import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Refusal;

/** What became of a file that was to be uploaded. */
public sealed interface UploadResult {
  /** {@return the file} */
  UploadSource source();

  /**
   * It is there.
   *
   * @param source the file
   * @param link its identity
   * @param name as the host stored it
   * @param checksums as the host has them, and the SHA-256 of what was sent; compared if the host
   *     has one, too
   */
  record Stored(UploadSource source, FileLink link, String name, Checksums checksums)
      implements UploadResult {}

  /**
   * It is not there.
   *
   * @param source the file
   * @param refusal why
   */
  record NotStored(UploadSource source, Refusal refusal) implements UploadResult {}

  /**
   * The host has taken it, and neither lists nor reports it: it may be there. Sent again, it may be
   * there twice. A journal keeps its upload open, so that {@link Uploads#settle} can ask.
   *
   * @param source the file
   * @param refusal says so
   */
  record InDoubt(UploadSource source, Refusal refusal) implements UploadResult {}

  /**
   * It was not sent by itself: a {@link Breaker} had ended the run, or others of its request were
   * refused one after the other.
   *
   * @param source the file
   * @param refusal of others before it
   */
  record NotTried(UploadSource source, Refusal refusal) implements UploadResult {}
}
