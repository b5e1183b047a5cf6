package io.consigne.core.defense;

import java.time.Duration;

/**
 * How much guessing is borne.
 *
 * @param on whether there is a limit at all
 * @param passwordPoints what a wrong password costs the address it came from
 * @param keyPoints what an unknown key costs: little, since no key can be guessed
 * @param freePoints up to which score an address is not slowed
 * @param firstDelay the pause after the first wrong try beyond; each further one doubles it
 * @param longestDelay up to this
 * @param forgetAfter a score is forgotten when it was not raised for so long
 * @param atOnce how many passwords of one address are looked at at a time
 * @param targetTries how many wrong passwords for one thing, from anywhere, slow it
 * @param targetPause between two tries for a thing that is slowed
 * @param knownFor how long an address that had the right password is not slowed by others
 * @param remembered how many addresses, and how many things, have a score
 */
public record DefenderLimits(
    boolean on,
    int passwordPoints,
    int keyPoints,
    int freePoints,
    Duration firstDelay,
    Duration longestDelay,
    Duration forgetAfter,
    int atOnce,
    int targetTries,
    Duration targetPause,
    Duration knownFor,
    int remembered) {
  /** What a host begins with. */
  public static final DefenderLimits DEFAULT = table(true);

  /** No limit. */
  public static final DefenderLimits OFF = table(false);

  private static DefenderLimits table(boolean on) {
    return new DefenderLimits(
        on,
        10,
        1,
        50,
        Duration.ofSeconds(1),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        32,
        20,
        Duration.ofSeconds(10),
        Duration.ofDays(30),
        100_000);
  }
}
