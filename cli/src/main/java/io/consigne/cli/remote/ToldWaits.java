package io.consigne.cli.remote;

import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Talk;
import io.consigne.client.model.Waits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says what a command waits for, if it is long, or if the host may not be there at all. */
final class ToldWaits implements Waits {
  private static final Duration NOTICED = Duration.ofSeconds(3);

  private final Talk talk;
  private final AtomicBoolean saidUnreached = new AtomicBoolean();

  ToldWaits(Talk talk) {
    this.talk = talk;
  }

  @Override
  public void waiting(String reason, Duration time) {
    if (time.compareTo(NOTICED) >= 0) {
      talk.passing("waiting %s: %s".formatted(Amount.time(time), reason));
    }
  }

  /** However short it is; once. */
  @Override
  public void unreached(String reason, Duration time) {
    if (!saidUnreached.getAndSet(true)) {
      talk.passing("trying again for a few seconds: " + reason);
    }
  }
}
