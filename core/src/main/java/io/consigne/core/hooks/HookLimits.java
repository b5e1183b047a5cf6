package io.consigne.core.hooks;

import io.consigne.core.events.EventLimits;
import java.time.Duration;

/**
 * How webhooks are told: the table of their limits.
 *
 * @param owned what an account may have
 * @param sending how messages are sent
 * @param retries when a message is tried again
 * @param resting how long a webhook is left alone whose receiver did not answer
 */
public record HookLimits(Owned owned, Sending sending, Retries retries, Resting resting) {
  /** What a host uses. */
  public static final HookLimits DEFAULT =
      new HookLimits(
          new Owned(10, 2_000, EventLimits.WAITING, 1_000, Duration.ofDays(30)),
          new Sending(32, Duration.ofMinutes(5), Duration.ofSeconds(1)),
          new Retries(15, Duration.ofSeconds(10), Duration.ofHours(6), Duration.ofDays(2)),
          new Resting(Duration.ofSeconds(2), Duration.ofMinutes(5)));

  /** How many lines a page of the log may have. */
  public static final int LINES_A_PAGE = 500;

  /**
   * What an account may have.
   *
   * @param webhooks how many webhooks
   * @param urlLength how long an address may be, in characters
   * @param waiting of how many messages that wait for one webhook none is given up for it; no more
   *     than that are added
   * @param log of how many ended messages it is known what became of them
   * @param kept how long that is known
   */
  public record Owned(int webhooks, int urlLength, int waiting, int log, Duration kept) {}

  /**
   * How messages are sent.
   *
   * @param atOnce how many messages are sent at the same time, to a webhook one after the other
   * @param claim how long a node has for one try, before another may take it over
   * @param poll how often it is looked for something to tell
   */
  public record Sending(int atOnce, Duration claim, Duration poll) {}

  /**
   * When a message is tried again.
   *
   * @param attempts after how many failed tries a message is given up
   * @param firstPause how long about the first pause between two tries is; each is twice the last
   * @param longestPause how long a pause is at most
   * @param life how old a message becomes that is tried again
   */
  public record Retries(int attempts, Duration firstPause, Duration longestPause, Duration life) {}

  /**
   * How long a webhook is left alone whose receiver did not answer.
   *
   * @param first how long about for the first time; each time twice as long as the last
   * @param longest how long at most
   */
  public record Resting(Duration first, Duration longest) {}
}
