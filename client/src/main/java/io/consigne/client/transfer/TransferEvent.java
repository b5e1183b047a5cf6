package io.consigne.client.transfer;

/** What happens to a file on its way. Events of different files come from different threads. */
public sealed interface TransferEvent {
  /** {@return the file that it is about} */
  TransferFile file();

  /**
   * A file begins; of a resumed one, some bytes are there already.
   *
   * @param file which
   * @param doneBytes that were there
   */
  record Begun(TransferFile file, long doneBytes) implements TransferEvent {}

  /**
   * So many more bytes have moved; fewer than none if they must move again.
   *
   * @param file which
   * @param bytes since the event before
   */
  record Moved(TransferFile file, long bytes) implements TransferEvent {}

  /**
   * Something must be done again.
   *
   * @param file which
   * @param why for people
   */
  record Repeated(TransferFile file, String why) implements TransferEvent {}

  /**
   * The host has no checksum of the file: that it is right, nobody has looked.
   *
   * @param file which
   */
  record Unverified(TransferFile file) implements TransferEvent {}

  /**
   * The file is there, whole and verified as far as the host allows.
   *
   * @param file which
   * @param storedName as which it is there; a host may give it another one
   */
  record Ended(TransferFile file, String storedName) implements TransferEvent {
    /**
     * One that is there under its own name.
     *
     * @param file which
     */
    public Ended(TransferFile file) {
      this(file, file.name());
    }
  }

  /**
   * The file will not get there in this run.
   *
   * @param file which
   */
  record Failed(TransferFile file) implements TransferEvent {}
}
