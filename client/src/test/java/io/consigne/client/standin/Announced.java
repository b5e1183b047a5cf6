package io.consigne.client.standin;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.RawHttp.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A limit that the stand-in announces by the fields {@code RateLimit-Policy} and {@code RateLimit},
 * window by window. A call beyond it is refused with 429, and remembered.
 */
public final class Announced {
  private final Timing timing;
  private final String policy;
  private final String path;
  private final int quota;
  private final Duration window;
  private final List<String> beyond = new CopyOnWriteArrayList<>();
  private Instant end = Instant.MIN;
  private int left;
  private volatile boolean terse;

  /**
   * A limit.
   *
   * @param policy its name
   * @param path of the calls that are charged to it, by their beginning
   * @param quota how many calls there may be in a window
   */
  public Announced(Timing timing, String policy, String path, int quota, Duration window) {
    this.timing = timing;
    this.policy = policy;
    this.path = path;
    this.quota = quota;
    this.window = window;
  }

  /** From now on a refusal has no {@code Retry-After}: the fields alone tell when. */
  public Announced terse() {
    terse = true;
    return this;
  }

  /** The paths of the calls that came though nothing was left. */
  public List<String> beyond() {
    return beyond;
  }

  /** Charges a call; a refusal if nothing is left of the limit. */
  synchronized @Nullable Reply charge(Request request) {
    Instant now = timing.now();
    if (!request.path().startsWith(path)) {
      return null;
    }
    if (!now.isBefore(end)) {
      left = quota;
      end = now.plus(window);
    }
    if (left > 0) {
      left--;
      return null;
    }
    beyond.add(request.path());
    Reply refusal = Reply.json(429, "{\"message\":\"Rate limit exceeded\",\"status\":\"KO\"}");
    return terse ? refusal : refusal.with(Map.of("Retry-After", Long.toString(seconds(now))));
  }

  /** An answer with the fields, if its call is charged. */
  synchronized Reply told(Request request, Reply reply) {
    if (!request.path().startsWith(path)) {
      return reply;
    }
    var fields = new TreeMap<String, String>();
    fields.put("RateLimit-Policy", "\"%s\";q=%d;w=%d".formatted(policy, quota, window.toSeconds()));
    fields.put("RateLimit", "\"%s\";r=%d;t=%d".formatted(policy, left, seconds(timing.now())));
    return reply.with(fields);
  }

  private long seconds(Instant now) {
    return Duration.between(now, end).plusMillis(999).toSeconds();
  }
}
