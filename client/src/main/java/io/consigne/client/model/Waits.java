package io.consigne.client.model;

import java.time.Duration;

/** Told before the client waits, so that a person can be told why nothing happens. */
@FunctionalInterface
public interface Waits {
  /** Tells nobody. */
  Waits UNSEEN = (reason, time) -> {};

  /**
   * The client is about to wait.
   *
   * @param reason in a few words
   * @param time how long
   */
  void waiting(String reason, Duration time);

  /**
   * The client is about to wait for a host to which there has been no connection yet.
   *
   * @param reason in a few words
   * @param time how long
   */
  default void unreached(String reason, Duration time) {
    waiting(reason, time);
  }
}
