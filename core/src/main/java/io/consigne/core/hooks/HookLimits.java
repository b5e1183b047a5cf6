package io.consigne.core.hooks;

import java.time.Duration;

/**
 * How webhooks are told: the table of their limits.
 *
 * @param webhooks how many an account may have
 * @param urlLength how long an address may be, in characters
 * @param atOnce how many messages are sent at the same time, to a webhook one after the other
 * @param attempts after how many tries in vain a message is given up
 * @param firstPause how long about the first pause between two tries is; each is twice the last
 * @param longestPause how long a pause is at most
 * @param firstRest how long about a webhook rests when its receiver did not answer; each time twice
 *     as long as the last
 * @param longestRest how long it rests at most
 * @param life how old a message becomes that is tried again
 * @param claim how long a node has for one try, before another may take it over
 * @param poll how often it is looked for something to tell
 * @param kept how long it is known what became of a message
 * @param log of how many ended messages of an account it is known
 * @param waiting how many messages may wait for one webhook; the oldest are given up
 */
public record HookLimits(
    int webhooks,
    int urlLength,
    int atOnce,
    int attempts,
    Duration firstPause,
    Duration longestPause,
    Duration firstRest,
    Duration longestRest,
    Duration life,
    Duration claim,
    Duration poll,
    Duration kept,
    int log,
    int waiting) {
  /** What a host uses. */
  public static final HookLimits DEFAULT =
      new HookLimits(
          10,
          2_000,
          32,
          15,
          Duration.ofSeconds(10),
          Duration.ofHours(6),
          Duration.ofSeconds(2),
          Duration.ofMinutes(5),
          Duration.ofDays(2),
          Duration.ofMinutes(5),
          Duration.ofSeconds(1),
          Duration.ofDays(30),
          1_000,
          1_000);
}
