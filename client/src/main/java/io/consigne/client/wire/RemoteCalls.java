package io.consigne.client.wire;

import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RemoteFetch;
import io.consigne.client.model.RemoteFetch.Progress;
import io.consigne.client.model.RemoteFetch.State;
import io.consigne.client.model.RemoteSources;
import io.consigne.client.model.RemoteUpload;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The calls {@code remote/…} (reference: 1fichier-api, 10). {@code cancel} and {@code retry}, and
 * the progress of fetches, are Consigne's.
 */
public final class RemoteCalls {
  private RemoteCalls() {}

  /** Has sources fetched. Keys, and a list of what was refused, are Consigne's. */
  public static Call<RemoteUpload.Made> request(RemoteSources sources, FolderId folder) {
    var body = new LinkedHashMap<String, Object>();
    body.put("urls", sources.urls());
    body.put("folder_id", folder.value());
    if (!sources.headers().isEmpty()) {
      body.put("headers", sources.headers());
    }
    if (!sources.keys().isEmpty()) {
      var keys = new LinkedHashMap<String, Object>();
      sources.keys().forEach((host, key) -> keys.put(host, key.reveal()));
      body.put("keys", keys);
    }
    return Call.once("remote/request.cgi", body, RemoteCalls::made);
  }

  private static RemoteUpload.Made made(JsonObject answer) {
    List<RemoteUpload.Refused> refused =
        answer.has("refused")
            ? answer.objects("refused").stream()
                .map(each ->
                    new RemoteUpload.Refused(
                        Math.toIntExact(each.number("position")),
                        each.textOrEmpty("url"),
                        each.textOrEmpty("message")))
                .toList()
            : List.of();
    var request = new RemoteUpload(answer.number("id"), answer.time("date"), null);
    return new RemoteUpload.Made(request, refused);
  }

  /** All requests, newest first. */
  public static Call<List<RemoteUpload>> list() {
    return Call.reading(
        "remote/ls.cgi",
        Map.of(),
        answer -> answer.objects("data").stream().map(RemoteCalls::upload).toList());
  }

  /** A request with what became of it. */
  public static Call<RemoteUpload.Details> info(long id) {
    return Call.reading("remote/info.cgi", Map.of("id", id), RemoteCalls::details);
  }

  /** Cancels what has not ended; answers how many. Consigne only. */
  public static Call<Long> cancel(long id) {
    return Call.once("remote/cancel.cgi", Map.of("id", id), answer -> answer.number("cancelled"));
  }

  /** Asks again for what failed or was cancelled; answers how many. Consigne only. */
  public static Call<Long> retry(long id) {
    return Call.once("remote/retry.cgi", Map.of("id", id), answer -> answer.number("queued"));
  }

  /** A time of 1970 is none: 1fichier.com says so of what has not ended. */
  private static RemoteUpload upload(JsonObject answer) {
    Instant ended =
        answer.textOrEmpty("execution_date").startsWith("1970")
            ? null
            : answer.time("execution_date");
    return new RemoteUpload(answer.number("id"), answer.time("request_date"), ended);
  }

  private static RemoteUpload.Details details(JsonObject answer) {
    List<RemoteFetch> fetches =
        answer.has("fetches")
            ? answer.objects("fetches").stream().map(RemoteCalls::fetch).toList()
            : results(answer);
    return new RemoteUpload.Details(upload(answer), fetches);
  }

  private static RemoteFetch fetch(JsonObject fetch) {
    Long eta = fetch.numberOrNull("eta");
    return new RemoteFetch(
        fetch.textOrEmpty("url"),
        state(fetch.textOrEmpty("state")),
        fetch.textOrEmpty("filename"),
        new Progress(
            fetch.number("bytes"),
            fetch.numberOrNull("total"),
            fetch.number("speed"),
            eta == null ? null : Duration.ofSeconds(eta)),
        instant(fetch.textOrEmpty("next_try")),
        link(fetch),
        fetch.textOrEmpty("message"));
  }

  private static State state(String word) {
    try {
      return State.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return State.QUEUED;
    }
  }

  /** Of a host that tells only how each source ended; the same may be among them several times. */
  private static List<RemoteFetch> results(JsonObject answer) {
    var ended = new LinkedHashMap<String, Queue<RemoteFetch>>();
    answer
        .objects("result")
        .forEach(result ->
            ended
                .computeIfAbsent(result.textOrEmpty("url"), _ -> new ArrayDeque<>())
                .add(ended(result)));
    var all = new ArrayList<RemoteFetch>();
    for (String source : answer.texts("links")) {
      RemoteFetch next = ended.getOrDefault(source, new ArrayDeque<>()).poll();
      all.add(next == null ? waiting(source) : next);
    }
    ended.values().forEach(all::addAll);
    return all;
  }

  private static RemoteFetch ended(JsonObject result) {
    boolean done = result.textOrEmpty("status").equalsIgnoreCase("OK");
    return new RemoteFetch(
        result.textOrEmpty("url"),
        done ? State.DONE : State.FAILED,
        "",
        new Progress(0, null, 0, null),
        null,
        link(result),
        result.textOrEmpty("message"));
  }

  private static RemoteFetch waiting(String source) {
    return new RemoteFetch(
        source, State.QUEUED, "", new Progress(0, null, 0, null), null, null, "");
  }

  private static @Nullable FileLink link(JsonObject fetch) {
    return FileLink.parse(fetch.textOrEmpty("download_link")).orElse(null);
  }

  private static @Nullable Instant instant(String text) {
    try {
      return text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
