package io.consigne.core.remote;

import java.time.Duration;

/**
 * How remote uploads go about their work.
 *
 * @param asking what is taken of those who ask
 * @param history what is shown and remembered
 * @param retries when a fetch is tried again
 * @param beats how nodes tell one another that they live
 * @param receiving how bytes are taken from a source
 * @param turn whose bytes are taken
 * @param places who gives its place to others
 */
public record RemoteLimits(
    Asking asking,
    History history,
    Retries retries,
    Beats beats,
    Receiving receiving,
    Turn turn,
    Places places) {
  /** What a host uses. */
  public static final RemoteLimits DEFAULT =
      new RemoteLimits(
          new Asking(500, Duration.ofMinutes(1), Duration.ofHours(1)),
          new History(1_000, Duration.ofDays(30), 10),
          new Retries(
              16,
              2,
              new Pauses(Duration.ofSeconds(5), Duration.ofMinutes(15), Duration.ofHours(1)),
              Duration.ofDays(2)),
          new Beats(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMillis(20)),
          new Receiving(
              64 << 10,
              256 << 10,
              64 << 10,
              64 << 20,
              new Checkpoints(16 << 20, Duration.ofSeconds(3))),
          new Turn(16 << 20, Duration.ofMillis(100), 2),
          new Places(Duration.ofMinutes(1), Duration.ofMinutes(10), 10 << 20));

  /**
   * What is taken of those who ask.
   *
   * @param sources how many sources one request may name
   * @param patience when it is of use to ask again after too many fetches waited
   * @param untriedEvery within what time no more sources may end untried, or be asked for again,
   *     than may wait
   */
  public record Asking(int sources, Duration patience, Duration untriedEvery) {}

  /**
   * What is shown and remembered.
   *
   * @param listed how many requests are listed
   * @param kept how long an ended request is remembered
   * @param remembered of how many sources the ended requests of an account are remembered: so many
   *     times as many as may wait in its plan
   */
  public record History(int listed, Duration kept, int remembered) {}

  /**
   * When a fetch is tried again.
   *
   * @param attempts after how many tries in a row that brought nothing a fetch is given up
   * @param cutOffs after how many of them that the host did not live through it is tried at once
   * @param pauses how long it waits before
   * @param partialsKept how long what came of a fetch is kept that is due and that nobody takes on
   */
  public record Retries(int attempts, int cutOffs, Pauses pauses, Duration partialsKept) {}

  /**
   * How long a fetch waits for its next try.
   *
   * @param first how long about the first pause is; each is twice the last
   * @param longest how long a pause is at most
   * @param longestAsked how long it is at most if the source asks for one
   */
  public record Pauses(Duration first, Duration longest, Duration longestAsked) {}

  /**
   * How nodes tell one another that they live.
   *
   * @param every how often a node says what it runs
   * @param silence after which time a node that says nothing has lost what it ran
   * @param leastPause how long a node pauses at least before it looks again for what is due
   */
  public record Beats(Duration every, Duration silence, Duration leastPause) {}

  /**
   * How bytes are taken from a source.
   *
   * @param pieceBytes how much at a time is read of a source that has no turn
   * @param turnPieceBytes how much at a time is read of one that has its turn
   * @param worthBytes how much a connection must have brought to be made up for at once
   * @param reserveStepBytes how much quota is reserved at most ahead of what came while the length
   *     is not known, or if it is not the caller's own
   * @param checkpoints when what came is made to survive a crash
   */
  public record Receiving(
      int pieceBytes,
      int turnPieceBytes,
      long worthBytes,
      long reserveStepBytes,
      Checkpoints checkpoints) {}

  /**
   * When what came is made to survive a crash.
   *
   * @param bytes how much may come before
   * @param every how long it may wait
   */
  public record Checkpoints(long bytes, Duration every) {}

  /**
   * Whose bytes are taken.
   *
   * @param bytes how much of a file is taken before it is the turn of others
   * @param time how long it is taken before it is the turn of others
   * @param perProcessor how many have their turn at a time for each processor: with fewer, the
   *     processor waits for sources; with more, requests wait for the processor
   */
  public record Turn(long bytes, Duration time, int perProcessor) {}

  /**
   * Who gives its place to others, when all are taken.
   *
   * @param leastRun how long a fetch runs at least before it does
   * @param slowTime in what time a source sends less than {@code slowBytes} that is slow
   * @param slowBytes how much that is
   */
  public record Places(Duration leastRun, Duration slowTime, long slowBytes) {}
}
