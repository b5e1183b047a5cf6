package io.consigne.client.transfer;

/** What happens to a file on its way. Events of different files come from different threads. */
public sealed interface TransferEvent {
  /** The file's name. */
  String name();

  /** A file begins; of a resumed one, some bytes are there already. */
  record Begun(String name, long sizeBytes, long doneBytes) implements TransferEvent {}

  /** So many more bytes have moved; fewer than none if they must move again. */
  record Moved(String name, long bytes) implements TransferEvent {}

  /** Something must be done again. */
  record Repeated(String name, String why) implements TransferEvent {}

  /** The file is there, whole and verified as far as the host allows. */
  record Ended(String name) implements TransferEvent {}
}
