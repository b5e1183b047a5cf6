package io.consigne.cli.remoteupload;

import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Talk;
import io.consigne.client.RemoteUploads;
import io.consigne.client.model.RemoteFetch;
import io.consigne.client.model.RemoteUpload;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How far a request is, in one line of a terminal. */
final class StatusLine {
  private static final int WIDTH = 24;

  private StatusLine() {}

  /** Waits for a request, and shows how far it is if somebody watches. */
  static Results.Look watching(Talk talk, RemoteUploads uploads) {
    return id -> {
      RemoteUpload.Details ended = uploads.await(id, details -> talk.status(text(details)));
      talk.flush();
      return ended;
    };
  }

  /** Files, bytes and speed; what is left of them only if all tell how many bytes they will be. */
  static String text(RemoteUpload.Details details) {
    List<RemoteFetch> all = details.fetches();
    long ended = all.stream().filter(fetch -> fetch.state().ended()).count();
    long bytes = all.stream().mapToLong(fetch -> fetch.progress().bytes()).sum();
    boolean isKnown =
        all.stream()
            .allMatch(fetch -> fetch.state().ended() || fetch.progress().total().isPresent());
    long total = all.stream().mapToLong(StatusLine::expected).sum();
    long speed = all.stream().mapToLong(fetch -> fetch.progress().bytesPerSecond()).sum();
    String left =
        speed == 0 || !isKnown ? "-:--" : Amount.time(Duration.ofSeconds((total - bytes) / speed));
    int filled = total == 0 || !isKnown ? 0 : (int) (WIDTH * bytes / total);
    return String.format(
        Locale.ROOT,
        "[%s%s] %d/%d  %s of %s  %s/s  ETA %s",
        "=".repeat(filled),
        " ".repeat(WIDTH - filled),
        ended,
        all.size(),
        Amount.bytes(bytes),
        isKnown ? Amount.bytes(total) : "?",
        Amount.bytes(speed),
        left);
  }

  /** What has ended brings no more. */
  private static long expected(RemoteFetch fetch) {
    long bytes = fetch.progress().bytes();
    return fetch.state().ended() ? bytes : fetch.progress().total().orElse(bytes);
  }
}
