package io.consigne.core.remote;

import java.time.Duration;

/**
 * How remote uploads go about their work.
 *
 * @param sources how many sources one request may name
 * @param attempts after how many tries in a row that brought nothing a fetch is given up
 * @param firstPause how long about the first pause between two tries is; each is twice the last
 * @param longestPause how long a pause is at most
 * @param life how long after its request a fetch may still be tried
 * @param beat how often a node says what it runs
 * @param silence after which time a node that says nothing has lost what it ran
 * @param kept how long an ended request is remembered
 * @param remembered of how many sources the ended requests of an account are remembered: so many
 *     times as many as may wait in its plan
 * @param reserveStepBytes how much quota is reserved at a time while the length is not known
 * @param checkpointBytes how much may come before what came is made to survive a crash
 * @param checkpointEvery how long what came may wait to be made to survive a crash
 * @param worthBytes how much a connection must have brought to be made up for at once
 * @param turnBytes how much of a file is taken before it is the turn of others
 * @param turnTime how long it is taken before it is the turn of others
 * @param turnsPerProcessor how many have their turn at a time for each processor: with fewer, the
 *     processor waits for sources; with more, requests wait for the processor
 * @param pieceBytes how much at a time is read of a source that has no turn
 * @param turnPieceBytes how much at a time is read of one that has its turn
 * @param leastPause how long a node pauses at least before it looks again for what is due
 * @param patience when it is of use to ask again after too many fetches waited
 * @param untriedEvery within what time no more sources may end untried than may wait
 * @param listed how many requests are listed
 */
public record RemoteLimits(
    int sources,
    int attempts,
    Duration firstPause,
    Duration longestPause,
    Duration life,
    Duration beat,
    Duration silence,
    Duration kept,
    int remembered,
    long reserveStepBytes,
    long checkpointBytes,
    Duration checkpointEvery,
    long worthBytes,
    long turnBytes,
    Duration turnTime,
    int turnsPerProcessor,
    int pieceBytes,
    int turnPieceBytes,
    Duration leastPause,
    Duration patience,
    Duration untriedEvery,
    int listed) {
  /** What a host uses. */
  public static final RemoteLimits DEFAULT =
      new RemoteLimits(
          500,
          8,
          Duration.ofSeconds(5),
          Duration.ofMinutes(15),
          Duration.ofDays(2),
          Duration.ofSeconds(5),
          Duration.ofMinutes(1),
          Duration.ofDays(30),
          10,
          64 << 20,
          16 << 20,
          Duration.ofSeconds(3),
          64 << 10,
          16 << 20,
          Duration.ofMillis(100),
          2,
          64 << 10,
          256 << 10,
          Duration.ofMillis(20),
          Duration.ofMinutes(1),
          Duration.ofHours(1),
          1_000);
}
