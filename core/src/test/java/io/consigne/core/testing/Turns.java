package io.consigne.core.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets several threads take turns, one at a time; whose turn it is comes from a seed, so that an
 * order of events can be had again.
 */
public final class Turns {
  private static final int PATIENCE_SECONDS = 60;

  private static final ThreadLocal<@Nullable Player> SELF = new ThreadLocal<>();

  /** Nobody plays yet. */
  public Turns() {}

  /** Plays to the end, the turns drawn from {@code random}; throws what a player threw. */
  public void play(List<Runnable> games, Random random) throws InterruptedException {
    var round = new Round(random);
    games.forEach(game -> round.left.add(new Player(round, game)));
    var players = List.copyOf(round.left);
    round.next().turn.release();
    if (!round.ended.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("a turn does not end");
    }
    for (Player player : players) {
      player.thread.join();
      if (player.thrown != null) {
        throw new AssertionError(player.thrown);
      }
    }
  }

  /** Ends the turn of the calling player, and waits for the next one; nothing for others. */
  public void pass() {
    Player player = SELF.get();
    if (player != null) {
      Player next = player.round.next();
      if (next != player) {
        next.turn.release();
        player.turn.acquireUninterruptibly();
      }
    }
  }

  /** An object that passes before each call, as do the objects of one type that it returns. */
  public <T, R> T passing(Class<T> type, T inner, Class<R> returned) {
    return proxy(type, inner, returned);
  }

  /** An object that passes before each call. */
  public <T> T passing(Class<T> type, T inner) {
    return proxy(type, inner, Void.class);
  }

  private <T> T proxy(Class<T> type, Object inner, Class<?> returned) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              pass();
              try {
                Object result = method.invoke(inner, arguments);
                return method.getReturnType() == returned
                    ? proxy(returned, result, Void.class)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /** Who still plays; used by whoever has the turn. */
  private static final class Round {
    private final Random random;
    private final List<Player> left = new ArrayList<>();
    private final Semaphore ended = new Semaphore(0);

    Round(Random random) {
      this.random = random;
    }

    Player next() {
      return left.get(random.nextInt(left.size()));
    }
  }

  private static final class Player {
    private final Round round;
    private final Semaphore turn = new Semaphore(0);
    private final Thread thread;
    private volatile @Nullable Throwable thrown;

    Player(Round round, Runnable game) {
      this.round = round;
      this.thread = Thread.ofPlatform().start(() -> play(game));
    }

    private void play(Runnable game) {
      turn.acquireUninterruptibly();
      SELF.set(this);
      try {
        game.run();
      } catch (Throwable e) {
        thrown = e;
      } finally {
        round.left.remove(this);
        (round.left.isEmpty() ? round.ended : round.next().turn).release();
      }
    }
  }
}
