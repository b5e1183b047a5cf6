package io.consigne.client.standin;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.RawHttp.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Watches whether 1fichier's documented limits are kept, and flood locks respected. */
public final class LimitWatch {
  private static final Duration FLOOD = Duration.ofSeconds(30);

  /** What {@link Fault#TOO_MANY} says. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(75);

  private static final Duration LOCK = Duration.ofHours(1);
  private static final Pattern FOLDER = Pattern.compile("\"folder_id\":(-?[0-9]+)");

  private final Timing timing;
  private final Map<String, Instant> last = new HashMap<>();
  private final List<String> broken = new CopyOnWriteArrayList<>();
  private volatile boolean intervalsCount = true;
  private Instant lockedUntil = Instant.EPOCH;
  private int calls;

  LimitWatch(Timing timing) {
    this.timing = timing;
  }

  /** What broke a limit, in words. */
  public List<String> broken() {
    return broken;
  }

  /** From now on only locks count: a host that has no other limits. */
  public void onlyLocks() {
    intervalsCount = false;
  }

  /** How many calls of {@code /v1} there were. */
  public synchronized int calls() {
    return calls;
  }

  synchronized void saw(Request request, Fault fault) {
    Instant now = timing.now();
    boolean download = request.path().startsWith("/p");
    if (now.isBefore(lockedUntil) && !download) {
      broken.add("called while locked: " + request.path());
    }
    Duration lock =
        switch (fault) {
          case FLOOD -> FLOOD;
          case LOCK -> LOCK;
          case TOO_MANY -> RETRY_AFTER;
          default -> Duration.ZERO;
        };
    if (now.plus(lock).isAfter(lockedUntil)) {
      lockedUntil = now.plus(lock);
    }
    if (request.path().startsWith("/v1/")) {
      calls++;
      // 3 in a second: never less than a third of one between two.
      check("call", now, Duration.ofMillis(333));
    }
    if (request.path().endsWith("/ls.cgi")) {
      Matcher folder = FOLDER.matcher(request.text());
      String id = folder.find() ? folder.group(1) : "0";
      check("folder " + id, now, id.equals("-1") ? Duration.ofHours(1) : Duration.ofSeconds(30));
    }
    if (request.path().endsWith("user/info.cgi")) {
      check("user/info", now, Duration.ofMinutes(5));
    }
  }

  private void check(String what, Instant now, Duration least) {
    Instant before = last.put(what, now);
    if (intervalsCount && before != null && Duration.between(before, now).compareTo(least) < 0) {
      broken.add("%s after %d ms".formatted(what, Duration.between(before, now).toMillis()));
    }
  }
}
