package io.consigne.core.limits;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets so many calls be answered at a time, so that what they hold in memory is bounded. Of the
 * places that all others leave, one caller has at most its share: whoever takes answers slowly
 * keeps itself waiting, and a few such callers leave places to all others. Callers come in turn,
 * the calls of each in their order. While one waits, answers that are hardly taken and bodies that
 * hardly come are ended; while a caller that has none waits, also others of whoever has the most,
 * one by one, down to what would be its share by now, and then the slowest of those that are not
 * brisk.
 */
public final class CallsAtOnce {
  /** How often who waits looks for those that are to be ended. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /**
   * How long a caller that has no place waits until room is made for it, and how long a client must
   * have been waited for that is in its way: by then what is no client's fault is over.
   */
  private static final Duration ROOM_MADE_AFTER = Duration.ofSeconds(3);

  /**
   * Who is at least as fast as this keeps its place, whoever waits. Answers are written by 64 KiB:
   * who takes 30 KiB a second is never found to be slower.
   */
  private static final double BRISK_BYTES_PER_SECOND = 8 * 1024;

  private final Most most;
  private final int mostTurns;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Subject, Line> lines = new HashMap<>();
  private final Set<Held> held = new HashSet<>();

  /** The lines in which somebody waits, the next one first. */
  private final Deque<Line> waiting = new ArrayDeque<>();

  private int all;

  /** When room was made the last time. */
  private long roomMade = System.nanoTime() - LOOK_NANOS;

  /** Nobody is answered yet. */
  public CallsAtOnce(Most most) {
    this(most, Integer.MAX_VALUE);
  }

  /**
   * Nobody is answered yet.
   *
   * @param mostTurns how many calls of one caller wait at most: each holds what it began with
   */
  public CallsAtOnce(Most most, int mostTurns) {
    this.most = most;
    this.mostTurns = mostTurns;
  }

  /**
   * Waits until one more of {@code who} may be answered.
   *
   * @param taker who takes the answer
   * @return to be closed when that is done; a second time does nothing
   * @throws io.consigne.core.failure.FailureException {@code AllowanceUsed} if the caller has too
   *     many, at once if too many of them wait; {@code Unavailable} if there are too many of all
   */
  public Place enter(Subject who, Taker taker) {
    return enter(who, taker, most.own());
  }

  /**
   * Waits until one more of {@code who} may be answered: no longer than {@code own} if it is too
   * many of its caller, since it holds what others wait for.
   */
  public Place enter(Subject who, Taker taker, Duration own) {
    lock.lock();
    try {
      Line line = lines.computeIfAbsent(who, Line::new);
      if (line.turns.size() >= mostTurns) {
        throw refusal(line, false);
      }
      var turn = new Turn(lock.newCondition());
      if (line.turns.isEmpty()) {
        waiting.addLast(line);
      }
      line.turns.addLast(turn);
      admit();
      try {
        await(line, turn, own);
      } catch (FailureException e) {
        leave(line, turn);
        throw e;
      }
      return new Held(line, taker);
    } finally {
      lock.unlock();
    }
  }

  /** Lets in whoever may; that never makes room for a line that had none. */
  private void admit() {
    int passed = 0;
    while (passed < waiting.size() && all < most.ofAll()) {
      Line line = waiting.removeFirst();
      if (line.isFull()) {
        waiting.addLast(line);
        passed++;
      } else {
        line.entered++;
        all++;
        line.turns.removeFirst().enter();
        if (!line.turns.isEmpty()) {
          waiting.addLast(line);
        }
      }
    }
  }

  private void await(Line line, Turn turn, Duration own) {
    long began = System.nanoTime();
    long free = began;
    long without = began;
    while (!turn.entered) {
      boolean full = all >= most.ofAll();
      long now = System.nanoTime();
      without = line.entered == 0 ? without : now;
      long left;
      if (line.isInItsOwnWay()) {
        free = now;
        left = own.toNanos() - (now - began);
      } else {
        left = most.patience().toNanos() - (now - free);
      }
      if (left <= 0) {
        throw refusal(line, full);
      }
      held.stream().filter(one -> full || one.line == line).forEach(Held::endIfSlow);
      if (full && now - without >= ROOM_MADE_AFTER.toNanos()) {
        makeRoom(now);
      }
      try {
        var _ = turn.called.awaitNanos(Math.min(left, LOOK_NANOS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw refusal(line, full);
      }
    }
  }

  /** Ends one at most each time that is looked: it takes a moment until its place is free. */
  private void makeRoom(long now) {
    if (now - roomMade >= LOOK_NANOS) {
      roomMade = now;
      held.stream()
          .filter(one -> one.line.isAboveItsShare() && one.mayEnd(ROOM_MADE_AFTER))
          .max(Comparator.comparingInt((Held one) -> one.line.entered).thenComparing(Held::waited))
          .or(this::slowest)
          .ifPresent(Held::end);
    }
  }

  /** Of those that all have their share. */
  private Optional<Held> slowest() {
    Held slowest = null;
    double least = BRISK_BYTES_PER_SECOND;
    for (Held one : held) {
      double rate = one.rate();
      if (rate < least) {
        slowest = one;
        least = rate;
      }
    }
    return Optional.ofNullable(slowest);
  }

  private FailureException refusal(Line line, boolean full) {
    Failure failure =
        full
            ? new Failure.Unavailable("Too many requests at once", most.patience())
            : new Failure.AllowanceUsed(
                most.words().formatted(Math.max(1, line.entered)), most.patience());
    return failure.asException();
  }

  /** Takes away a turn that is not waited for any more, perhaps just when it came. */
  private void leave(Line line, Turn turn) {
    if (turn.entered) {
      line.entered--;
      all--;
    } else {
      line.turns.remove(turn);
      if (line.turns.isEmpty()) {
        waiting.remove(line);
      }
    }
    forget(line);
    admit();
  }

  private void forget(Line line) {
    if (line.entered == 0 && line.turns.isEmpty()) {
      lines.remove(line.who, line);
    }
  }

  /** How many callers are answered or wait. */
  int callers() {
    lock.lock();
    try {
      return lines.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * How many.
   *
   * @param ofOne of one caller while no other is answered; of what others leave the same part
   * @param ofAll of all: each holds a page of a listing at most, some megabytes
   * @param own how long one more waits that is too many of its caller, whatever others do
   * @param patience how long one more waits, from then on, that is too many of all
   * @param words what a caller is told who has too many, with the number it has
   */
  public record Most(int ofOne, int ofAll, Duration own, Duration patience, String words) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String WORDS = "Only %d requests are answered at a time";

    /** Of calls of accounts. */
    public static final Most KNOWN = new Most(32, 96, PATIENCE);

    /** Of pages that may be long, for whoever asks. */
    public static final Most OPEN = new Most(32, 64, PATIENCE);

    /** Of bodies that are not short and come from whoever sends them. */
    public static final Most BODIES =
        new Most(16, 64, PATIENCE, PATIENCE, "Only %d large requests are read at a time");

    /** With the same patience for both, in the usual words. */
    public Most(int ofOne, int ofAll, Duration patience) {
      this(ofOne, ofAll, patience, patience, WORDS);
    }

    /** How many one caller may have while others have some; one more than none, if any is left. */
    int share(int others) {
      return Math.ceilDiv((ofAll - others) * ofOne, ofAll);
    }
  }

  /** How a client takes its answer, or sends its body. */
  public interface Taker {
    /** One that is never ended. */
    Taker TRUSTED =
        new Taker() {
          @Override
          public Taken taken() {
            return new Taken(0, Duration.ZERO);
          }

          @Override
          public void hangUp() {
            throw new IllegalStateException("nobody waited for it");
          }
        };

    /** How much of it went, and how long that took, at the same moment; asked by any thread. */
    Taken taken();

    /** Ends the request, without waiting for it; called by any thread. */
    void hangUp();

    /** How long it is waited for each time until it is judged. */
    default Duration judgedAfter() {
      return Pace.JUDGED_AFTER;
    }
  }

  /**
   * How far a client is.
   *
   * @param bytes how much it took of the answer, or sent of its body
   * @param waited how long the host waited in all until it took that, and waits now
   */
  public record Taken(long bytes, Duration waited) {}

  /** A client that sends its body. */
  public interface Sender extends Taker {
    @Override
    default Duration judgedAfter() {
      return Pace.SENDER_JUDGED_AFTER;
    }
  }

  /** A call that is being answered. */
  @FunctionalInterface
  public interface Place extends AutoCloseable {
    /** It is answered. */
    @Override
    void close();
  }

  /** The calls of one caller. */
  private final class Line {
    private final Subject who;
    private final Deque<Turn> turns = new ArrayDeque<>();
    private int entered;

    Line(Subject who) {
      this.who = who;
    }

    boolean isFull() {
      return entered >= most.share(all - entered);
    }

    boolean isAboveItsShare() {
      return entered > most.share(all - entered);
    }

    /** Whether its next call would wait even if the others had no more than they have. */
    boolean isInItsOwnWay() {
      return entered > 0 && isFull();
    }
  }

  /** A call that waits for its place. */
  private static final class Turn {
    private final Condition called;
    private boolean entered;

    Turn(Condition called) {
      this.called = called;
    }

    void enter() {
      entered = true;
      called.signal();
    }
  }

  /** A call that has its place. */
  private final class Held implements Place {
    private final Line line;
    private final Pace pace;

    Held(Line line, Taker taker) {
      this.line = line;
      this.pace = new Pace(taker);
      held.add(this);
    }

    /** Its thread notices, and closes it. */
    void endIfSlow() {
      pace.endIfSlow();
    }

    boolean mayEnd(Duration waited) {
      return pace.mayEnd(waited);
    }

    Duration waited() {
      return pace.waited();
    }

    /** In bytes a second, if it is not brisk, and could be judged. */
    double rate() {
      return pace.sluggishness(ROOM_MADE_AFTER, BRISK_BYTES_PER_SECOND).orElse(Double.MAX_VALUE);
    }

    /** As if it were slow. */
    void end() {
      pace.end();
    }

    @Override
    public void close() {
      lock.lock();
      try {
        if (held.remove(this)) {
          line.entered--;
          all--;
          forget(line);
          admit();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
