package io.consigne.cli.remoteupload;

import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Sentences;
import io.consigne.cli.talk.Talk;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFetch;
import io.consigne.client.model.RemoteUpload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of requests, for people and as JSON. */
final class Results {
  private final Talk talk;
  private final List<Map<String, Object>> counts = new ArrayList<>();
  private final List<Exit> failures = new ArrayList<>();

  Results(Talk talk) {
    this.talk = talk;
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
    counts.add(row);
    talk.passing("request " + id + ": " + Amount.count(fetches, "source") + " " + how);
  }

  /** A request was not changed; the others are. */
  void failed(long id, RefusedException refusal) {
    failures.add(Exit.of(refusal));
    var row = new LinkedHashMap<String, Object>();
    row.put("id", id);
    row.put("kind", Exit.of(refusal).word());
    row.put("message", Sentences.of(refusal));
    counts.add(row);
    talk.warn("request " + id + ": " + Sentences.of(refusal));
  }

  /** All that was counted, as JSON if that is asked for. */
  Exit tellCounts() {
    if (talk.isJson()) {
      talk.data(counts);
    }
    return failures.isEmpty()
        ? Exit.OK
        : failures.size() == counts.size() ? failures.getFirst() : Exit.PARTIAL;
  }

  /** Each source with what became of it; the exit is that of a wait for all of them. */
  Exit tell(List<RemoteUpload.Details> requests) {
    if (talk.isJson()) {
      talk.data(requests.stream().map(Results::json).toList());
    } else {
      requests.stream()
          .flatMap(request -> request.fetches().stream())
          .forEach(fetch -> talk.line(line(fetch)));
    }
    List<RemoteFetch> all = requests.stream().flatMap(each -> each.fetches().stream()).toList();
    long done = all.stream().filter(fetch -> fetch.state() == RemoteFetch.State.DONE).count();
    return done == all.size() ? Exit.OK : done > 0 ? Exit.PARTIAL : Exit.FAILED;
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
