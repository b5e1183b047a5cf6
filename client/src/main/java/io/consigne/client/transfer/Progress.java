package io.consigne.client.transfer;

/** Told of what happens, by any thread. It must be quick, and must not throw. */
@FunctionalInterface
public interface Progress {
  /** Looks away. */
  Progress UNSEEN = event -> {};

  /**
   * Something happened.
   *
   * @param event what it was
   */
  void seen(TransferEvent event);
}
