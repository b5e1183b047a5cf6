package io.consigne.cli.remoteupload;

import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Sentences;
import io.consigne.cli.talk.Talk;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFetch;
import io.consigne.client.model.RemoteUpload;
import io.consigne.client.transfer.Breaker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of requests, for people and as JSON. */
final class Results {
  private final Talk talk;
  private final List<Map<String, Object>> rows = new ArrayList<>();
  private final List<RemoteUpload.Details> requests = new ArrayList<>();
  private final List<Exit> failures = new ArrayList<>();

  Results(Talk talk) {
    this.talk = talk;
    if (talk.isJson()) {
      talk.data(rows);
    }
  }

  /** Asks the host how far a request is, or waits for its end. */
  @FunctionalInterface
  interface Look {
    RemoteUpload.Details at(long id) throws IOException;
  }

  /**
   * Looks at requests, one after the other, and tells what became of each at once. Of several, one
   * that is refused does not stop the others, but several in a row do.
   */
  void each(List<Long> ids, Look look) throws IOException {
    var breaker = new Breaker();
    for (int i = 0; i < ids.size(); i++) {
      try {
        add(look.at(ids.get(i)));
        breaker.succeeded();
      } catch (RefusedException e) {
        if (ids.size() == 1) {
          throw only(e);
        }
        breaker.refused(e);
        failed(ids.get(i), e);
        if (breaker.isEnded()) {
          int left = ids.size() - i - 1;
          if (left > 0) {
            talk.warn(Sentences.notTried(left, "request", e.refusal()));
          }
          return;
        }
      }
    }
  }

  /** The refusal of the only request that was named; it is not among files that "ls" shows. */
  static RefusedException only(RefusedException refusal) {
    if (refusal.refusal() instanceof Refusal.NotFound) {
      throw new Problem(
          Exit.NOT_FOUND,
          Sentences.of(refusal),
          "\"consigne remote list\" shows the requests that the host remembers");
    }
    return refusal;
  }

  private void add(RemoteUpload.Details request) {
    requests.add(request);
    rows.add(json(request));
    if (!talk.isJson()) {
      request.fetches().forEach(fetch -> talk.line(line(fetch)));
    }
  }

  /** Those that the host has told of. */
  List<RemoteUpload.Details> requests() {
    return List.copyOf(requests);
  }

  /** Names the sources that the host refused at once: where each was named, and why. */
  void refused(List<Asking.Requested> made) {
    made.forEach(request -> request.refused().forEach(each -> talk.warn(each.line())));
  }

  /** Requests that were made, with how many sources each has. */
  Exit made(List<Asking.Requested> made) {
    if (talk.isJson()) {
      talk.data(made.stream().map(Results::json).toList());
    } else {
      made.forEach(request -> talk.line(Long.toString(request.id())));
    }
    int asked = made.stream().mapToInt(Asking.Requested::sources).sum();
    int refused = made.stream().mapToInt(request -> request.refused().size()).sum();
    return refused == 0 ? Exit.OK : refused < asked ? Exit.PARTIAL : Exit.FAILED;
  }

  private static Map<String, Object> json(Asking.Requested request) {
    var row = new LinkedHashMap<String, Object>();
    row.put("id", request.id());
    row.put("sources", request.sources());
    if (!request.refused().isEmpty()) {
      row.put("refused", request.refused().stream().map(Results::json).toList());
    }
    return row;
  }

  private static Map<String, Object> json(Asking.Refused refused) {
    return Map.of(
        "where", refused.source().where(), "url", refused.url(), "message", refused.message());
  }

  /** So many fetches of a request were changed. */
  void count(long id, long fetches, String how) {
    var row = new LinkedHashMap<String, Object>();
    row.put("id", id);
    row.put("fetches", fetches);
    rows.add(row);
    talk.passing("request " + id + ": " + Amount.count(fetches, "source") + " " + how);
  }

  /** A request was refused; the others are not. */
  void failed(long id, RefusedException refusal) {
    failures.add(Exit.of(refusal));
    var row = new LinkedHashMap<String, Object>();
    row.put("id", id);
    row.put("kind", Exit.of(refusal).word());
    row.put("message", Sentences.of(refusal));
    rows.add(row);
    talk.warn("request " + id + ": " + Sentences.of(refusal));
  }

  /** Whether the host told of all requests, or changed all. */
  Exit exit() {
    return failures.isEmpty()
        ? Exit.OK
        : failures.size() == rows.size() ? failures.getFirst() : Exit.PARTIAL;
  }

  /** The same of a wait: all sources are to be there. */
  Exit exitOfWait() {
    List<RemoteFetch> all = requests.stream().flatMap(each -> each.fetches().stream()).toList();
    long done = all.stream().filter(fetch -> fetch.state() == RemoteFetch.State.DONE).count();
    return done > 0 && done < all.size() ? Exit.PARTIAL : done < all.size() ? Exit.FAILED : exit();
  }

  private static String line(RemoteFetch fetch) {
    String what =
        fetch.link() == null
            ? fetch.message()
            : (fetch.name().isEmpty() ? "" : "as " + fetch.name() + "  ") + fetch.link().url();
    return String.format(
        Locale.ROOT,
        "%-9s %10s  %s%s",
        word(fetch),
        size(fetch),
        fetch.url(),
        what.isEmpty() ? "" : "  " + what);
  }

  static String word(RemoteFetch fetch) {
    return fetch.state().name().toLowerCase(Locale.ROOT);
  }

  private static String size(RemoteFetch fetch) {
    long bytes = fetch.progress().bytes();
    Long total = fetch.progress().totalOrNull();
    boolean under = fetch.state() == RemoteFetch.State.RUNNING && total != null && total > 0;
    return under && total != null
        ? 100 * bytes / total + " %"
        : bytes == 0 ? "-" : Amount.bytes(bytes);
  }

  private static Map<String, Object> json(RemoteUpload.Details request) {
    var row = new LinkedHashMap<String, Object>();
    row.put("id", request.request().id());
    row.put("ended", request.request().ended().isPresent());
    row.put("fetches", rows(request));
    return row;
  }

  /** Each source as JSON. */
  static List<Map<String, Object>> rows(RemoteUpload.Details request) {
    return request.fetches().stream().map(Results::json).toList();
  }

  /** The name that a file has got, or will; the address as long as none is known. */
  static String named(RemoteFetch fetch) {
    return fetch.name().isEmpty() ? fetch.url() : fetch.name();
  }

  private static Map<String, Object> json(RemoteFetch fetch) {
    var row = new LinkedHashMap<String, Object>();
    row.put("url", fetch.url());
    row.put("state", word(fetch));
    row.put("name", fetch.name());
    row.put("bytes", fetch.progress().bytes());
    fetch.progress().total().ifPresent(total -> row.put("totalBytes", total));
    row.put("bytesPerSecond", fetch.progress().bytesPerSecond());
    fetch.progress().left().ifPresent(left -> row.put("secondsLeft", left.toSeconds()));
    if (fetch.nextTry() != null) {
      row.put("nextTry", fetch.nextTry().toString());
    }
    if (fetch.link() != null) {
      row.put("link", fetch.link().url());
    }
    row.put("message", fetch.message());
    return row;
  }
}
