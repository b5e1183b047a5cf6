package io.consigne.core.events;

/** How much events tell: the table of their limits. */
public final class EventLimits {
  /** How many files of an upload an event names; it counts all. */
  public static final int FILES_NAMED = 20;

  /** From which part of its storage on, in percent, an account is warned. */
  public static final int WARNED_PERCENT = 90;

  /** How many messages may wait for one webhook; what happens then is not told. */
  public static final int WAITING = 1_000;

  private EventLimits() {}
}
