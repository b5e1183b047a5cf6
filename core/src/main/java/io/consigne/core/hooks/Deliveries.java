package io.consigne.core.hooks;

import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.Seal;
import io.consigne.core.ids.AccountId;
import io.consigne.core.jobs.BackOff;
import io.consigne.core.jobs.FaultLog;
import io.consigne.core.jobs.Reasons;
import io.consigne.core.jobs.Rounds;
import io.consigne.core.remote.source.Posts;
import io.consigne.core.remote.source.SourceException;
import io.consigne.core.remote.source.SourceException.Reason;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.remote.source.SourceUrl;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends messages: one thread finds what is due, each message has one of its own. */
final class Deliveries implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

  private final FaultLog faults = new FaultLog(LOG);
  private final MessageQueue queue;
  private final Posts posts;
  private final Seal seal;
  private final BackOff backOff;
  private final HookLimits limits;
  private final InstantSource clock;
  private final Rests rests;
  private final Map<Long, AccountId> busy = new ConcurrentHashMap<>();
  private final ExecutorService senders =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("webhook-", 0).factory());
  private final Rounds rounds;
  private boolean tookOver;

  Deliveries(MessageQueue queue, Posts posts, Seal seal, Retrying retrying) {
    this.queue = queue;
    this.posts = posts;
    this.seal = seal;
    this.backOff = retrying.backOff();
    this.limits = retrying.limits();
    this.rests = retrying.rests();
    this.clock = retrying.clock();
    var failing =
        new Rounds.Faults(
            e -> faults.tell("The queue of webhook messages could not be read or written", e),
            limits.sending().poll());
    this.rounds = new Rounds("webhooks", this::round, failing);
  }

  /** When messages are sent, and sent again. */
  record Retrying(HookLimits limits, BackOff backOff, Rests rests, InstantSource clock) {}

  /** Takes up what an earlier run was at, and begins. */
  void start() {
    rounds.start();
  }

  /** Says that there is something new to tell. */
  void wake() {
    rounds.wake();
  }

  /** Has a webhook told at once, which rests no longer: its owner may have mended the receiver. */
  void wake(long webhook) {
    rests.answered(webhook);
    wake();
  }

  private Duration round() {
    takeOver();
    queue.claim(limits.sending().atOnce() - busy.size(), busy, rests.now()).forEach(this::begin);
    return limits.sending().poll();
  }

  /** Before it has succeeded once, nothing is claimed. */
  private void takeOver() {
    if (!tookOver) {
      queue.takeOver();
      tookOver = true;
    }
  }

  private void begin(Message message) {
    busy.put(message.webhook(), message.account());
    senders.execute(() -> {
      try {
        send(message);
      } catch (DatabaseException e) {
        faults.tell(message + " cannot be noted in the database; it is sent again", e);
      } catch (RuntimeException e) {
        LOG.error("{} met an error", message, e);
        again(message, Tried.vain(Reasons.OWN_ERROR));
      } finally {
        busy.remove(message.webhook());
        wake();
      }
    });
  }

  private void send(Message message) {
    try {
      int status = post(message);
      rests.answered(message.webhook());
      if (status >= 200 && status < 300) {
        queue.delivered(message, status);
      } else {
        again(message, Tried.answered(status));
      }
    } catch (SourceException e) {
      boolean stopped = Thread.interrupted() || e.reason() == Reason.STOPPED;
      if (stopped) {
        queue.untried(message);
      } else if (e.reason() == Reason.FORBIDDEN) {
        queue.failed(message, null, String.valueOf(e.getMessage()));
      } else if (e.reason() == Reason.CROWDED) {
        rests.unanswered(message.webhook());
        queue.untried(message);
      } else {
        rests.unanswered(message.webhook());
        again(message, Tried.vain(String.valueOf(e.getMessage())));
      }
    }
  }

  private int post(Message message) throws SourceException {
    String about = Webhooks.about(message.account());
    byte[] body = message.body();
    String signature = Signature.of(seal.open(message.secret(), about), clock.instant(), body);
    SourceHeaders headers =
        SourceHeaders.of(
            Map.of(
                "Consigne-Event", message.event(),
                "Consigne-Message", message.id(),
                "Consigne-Signature", signature));
    SourceUrl url = SourceUrl.parse(seal.open(message.url(), about));
    return posts.post(message.account(), url, headers, body);
  }

  private void again(Message message, Tried tried) {
    Instant now = clock.instant();
    long attempts = message.attempts() + 1;
    if (attempts >= limits.retries().attempts()
        || message.at().plus(limits.retries().life()).isBefore(now)) {
      String reason = tried.reason() + " (given up after " + attempts + " tries)";
      queue.failed(message, tried.statusOrNull(), reason);
    } else {
      Instant next = now.plus(backOff.after(attempts));
      queue.later(message, next, tried.statusOrNull(), tried.reason());
    }
  }

  /** Sends nothing more; what is being sent is put back. */
  @Override
  public void close() {
    rounds.close();
    senders.shutdownNow();
    senders.close();
  }
}
