package io.consigne.client.transfer;

/** What happens to a file on its way. Events of different files come from different threads. */
public sealed interface TransferEvent {
  /** The file that it is about. */
  TransferFile file();

  /** A file begins; of a resumed one, some bytes are there already. */
  record Begun(TransferFile file, long doneBytes) implements TransferEvent {}

  /** So many more bytes have moved; fewer than none if they must move again. */
  record Moved(TransferFile file, long bytes) implements TransferEvent {}

  /** Something must be done again. */
  record Repeated(TransferFile file, String why) implements TransferEvent {}

  /** The file is there, whole and verified as far as the host allows. */
  record Ended(TransferFile file) implements TransferEvent {}

  /** The file will not get there in this run. */
  record Failed(TransferFile file) implements TransferEvent {}
}
