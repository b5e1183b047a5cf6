package io.consigne.client.transfer;

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
   * It is known what became of uploads. If that cannot be kept they stay open.
   *
   * @param uploads that are open no more; one that never was is passed over
   * @param results of their files; none if the host has nothing of them
   */
  void end(List<OpenUpload> uploads, List<UploadResult> results);
}
