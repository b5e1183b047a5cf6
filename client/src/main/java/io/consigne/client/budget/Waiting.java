package io.consigne.client.budget;

import io.consigne.client.model.Waits;
import java.io.IOException;
import java.time.Duration;

/**
 * How waits are made.
 *
 * @param timing the clock
 * @param longest what must wait longer fails instead
 * @param told of waits that a person would notice
 */
public record Waiting(Timing timing, Duration longest, Waits told) {
  /**
   * Waits, after telling why.
   *
   * @param reason for people
   * @param time from now on
   * @throws IOException if the thread is interrupted
   */
  public void sleep(String reason, Duration time) throws IOException {
    told.waiting(reason, time);
    timing.sleep(time);
  }
}
