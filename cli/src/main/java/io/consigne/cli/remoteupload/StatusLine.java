package io.consigne.cli.remoteupload;

import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.RemoteUploads;
import io.consigne.client.model.RemoteFetch;
import io.consigne.client.model.RemoteUpload;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** How far a request is, in one line of a terminal. */
final class StatusLine {
  private static final int WIDTH = 24;
  private static final String CLEAR = "\r\u001b[K";

  private StatusLine() {}

  /** Waits for requests, one after the other, and shows how far they are if somebody watches. */
  static List<RemoteUpload.Details> watching(
      CommandSpec spec, Surroundings around, RemoteUploads uploads, List<Long> ids)
      throws IOException {
    boolean quiet = Boolean.TRUE.equals(spec.findOption("--quiet").getValue());
    boolean shown = around.watched() && !quiet;
    PrintWriter err = spec.commandLine().getErr();
    var all = new ArrayList<RemoteUpload.Details>();
    for (long id : ids) {
      all.add(uploads.await(id, details -> draw(err, shown ? CLEAR + text(details) : "")));
    }
    draw(err, shown ? CLEAR : "");
    return all;
  }

  private static void draw(PrintWriter err, String text) {
    if (!text.isEmpty()) {
      err.print(text);
      err.flush();
    }
  }

  /** Files, bytes, speed, and time left of what is known. */
  static String text(RemoteUpload.Details details) {
    List<RemoteFetch> all = details.fetches();
    long ended = all.stream().filter(fetch -> fetch.state().ended()).count();
    long bytes = all.stream().mapToLong(fetch -> fetch.progress().bytes()).sum();
    long total =
        all.stream()
            .mapToLong(fetch -> fetch.progress().total().orElse(fetch.progress().bytes()))
            .sum();
    long speed = all.stream().mapToLong(fetch -> fetch.progress().bytesPerSecond()).sum();
    String left = speed == 0 ? "-:--" : Amount.time(Duration.ofSeconds((total - bytes) / speed));
    int filled = total == 0 ? 0 : (int) (WIDTH * bytes / total);
    return String.format(
        Locale.ROOT,
        "[%s%s] %d/%d  %s of %s  %s/s  ETA %s",
        "=".repeat(filled),
        " ".repeat(WIDTH - filled),
        ended,
        all.size(),
        Amount.bytes(bytes),
        Amount.bytes(total),
        Amount.bytes(speed),
        left);
  }
}
