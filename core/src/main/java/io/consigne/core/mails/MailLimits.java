package io.consigne.core.mails;

import java.time.Duration;

/**
 * How mails are sent: the table of their limits.
 *
 * @param attempts after how many tries a mail is given up
 * @param firstPause how long about the first pause between two tries is; each is twice the last
 * @param longestPause how long a pause is at most
 * @param claim how long a node has for one try, before another may take it over
 * @param poll how often it is looked for a mail to send
 * @param batch how many are sent one after the other
 * @param anHour how many of an account are sent in an hour; of what is more none is
 */
public record MailLimits(
    int attempts,
    Duration firstPause,
    Duration longestPause,
    Duration claim,
    Duration poll,
    int batch,
    int anHour) {
  /** What a host uses. */
  public static final MailLimits DEFAULT =
      new MailLimits(
          12,
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          Duration.ofMinutes(5),
          Duration.ofSeconds(5),
          20,
          60);
}
