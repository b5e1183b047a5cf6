package io.consigne.server.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * Ends answers that hardly move while connections are scarce. At other times whoever takes a little
 * now and then is served to the end.
 */
final class SlowTakers {
  private final HttpLimits.Slow limits;
  private final BooleanSupplier scarce;

  /** How far each was when it was last fast enough. */
  private final Map<Answer, Taking.SoFar> answers = new ConcurrentHashMap<>();

  SlowTakers(HttpLimits.Slow limits, BooleanSupplier scarce) {
    this.limits = limits;
    this.scarce = scarce;
  }

  void begin(Answer answer) {
    answers.put(answer, new Taking.SoFar(0, Duration.ZERO));
  }

  void end(Answer answer) {
    answers.remove(answer);
  }

  /** Looks at all; called every now and then. */
  void look() {
    if (scarce.getAsBoolean()) {
      answers.forEach(this::look);
    }
  }

  private void look(Answer answer, Taking.SoFar before) {
    Taking.SoFar now = answer.taking().soFar();
    Duration since = now.waited().minus(before.waited());
    if (since.compareTo(limits.time()) < 0) {
      return;
    }
    double least = (double) limits.bytes() * since.toMillis() / limits.time().toMillis();
    if (now.bytes() - before.bytes() < least) {
      answers.remove(answer);
      answer.hangUp();
    } else {
      answers.replace(answer, before, now);
    }
  }

  /** An answer under way. */
  interface Answer {
    /** How the client takes it. */
    Taking taking();

    /** Ends it, without waiting. */
    void hangUp();
  }
}
