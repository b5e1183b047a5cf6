package io.consigne.client.transfer;

import io.consigne.client.model.FolderId;
import java.io.IOException;
import java.util.List;

/**
 * Keeps which uploads are open, so that what a process leaves in doubt when it dies is settled by
 * another one ({@link Uploads#settle}), and nothing is stored twice. Several threads use it.
 */
public interface UploadJournal {
  /** Keeps nothing. */
  UploadJournal NONE =
      new UploadJournal() {
        @Override
        public void open(OpenUpload upload) {}

        @Override
        public void end(List<OpenUpload> uploads, List<UploadResult> results) {}
      };

  /**
   * The last bytes of an upload are about to go out; until then no host keeps anything of it. It is
   * kept, on disk, when this returns. One that is open already is opened again.
   *
   * @param upload of which nothing more is known from now on
   * @throws IOException if it cannot be kept: then its last bytes stay here
   */
  void open(OpenUpload upload) throws IOException;

  /**
   * The host has said that it has all of an upload.
   *
   * @param upload that is open
   */
  default void taken(OpenUpload upload) {}

  /**
   * {@return whether a host has a file, as far as is known, and may yet tell what became of it}
   * Sent again, it may be there twice.
   *
   * @param folder into which it is to go
   * @param source the file
   */
  default boolean isInDoubt(FolderId folder, UploadSource source) {
    return false;
  }

  /**
   * It is known what became of uploads. If that cannot be kept they stay open.
   *
   * @param uploads that are open no more; one that never was is skipped
   * @param results of their files; none if the host has nothing of them
   */
  void end(List<OpenUpload> uploads, List<UploadResult> results);
}
