package io.consigne.core.defense;

import java.time.Duration;

/**
 * How much guessing is borne.
 *
 * @param on whether there is a limit at all
 * @param points what tries cost an address
 * @param delays how an address that is beyond is slowed
 * @param target what slows tries for one thing, from wherever they come
 * @param atOnce how many passwords of one address are looked at at a time
 * @param remembered how many addresses, and how many things, have a score
 */
public record DefenderLimits(
    boolean on, Points points, Delays delays, Target target, int atOnce, int remembered) {
  /** What a host begins with. */
  public static final DefenderLimits DEFAULT =
      new DefenderLimits(
          true,
          new Points(10, 1, 50),
          new Delays(Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofHours(1)),
          new Target(20, Duration.ofSeconds(10), Duration.ofDays(30)),
          32,
          100_000);

  /** No limit. */
  public static final DefenderLimits OFF =
      new DefenderLimits(
          false,
          DEFAULT.points,
          DEFAULT.delays,
          DEFAULT.target,
          DEFAULT.atOnce,
          DEFAULT.remembered);

  /**
   * What tries cost the address that they come from.
   *
   * @param password a wrong password
   * @param key an unknown key: little, since no key can be guessed
   * @param free up to which score an address is not slowed
   */
  public record Points(int password, int key, int free) {}

  /**
   * How an address is slowed.
   *
   * @param first the pause after the first wrong try beyond; each further one doubles it
   * @param longest up to this
   * @param forgotten a score is forgotten when it was not raised for so long
   */
  public record Delays(Duration first, Duration longest, Duration forgotten) {}

  /**
   * What slows tries for one thing.
   *
   * @param tries how many wrong passwords for it, from anywhere, slow it
   * @param pause between two tries for a thing that is slowed
   * @param knownFor how long an address that had the right password is not slowed by others
   */
  public record Target(int tries, Duration pause, Duration knownFor) {}
}
