package io.consigne.cli.remoteupload;

import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.RemoteUploads;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFetch;
import io.consigne.client.model.RemoteUpload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists requests. */
@Command(
    name = "list",
    description = {
      "List requests, newest first, source by source: how far each is, its size, speed and time"
          + " left, its file or address, and why it is not done."
    })
final class ListCommand extends RemoteCommand {
  private static final String NONE = "-";

  /** Whoever goes on asking after so many refusals may be locked out. */
  private static final int MOST_REFUSED = 4;

  @Option(
      names = "--last",
      paramLabel = "NUMBER",
      defaultValue = "20",
      description =
          "Ask about so many requests, each of which is a call to the host."
              + " Default: ${DEFAULT-VALUE}")
  int last;

  ListCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    RemoteUploads uploads = NumberedCommand.uploads(session);
    List<RemoteUpload> all = uploads.list();
    List<RemoteUpload> asked = all.subList(0, Math.min(Math.max(0, last), all.size()));
    List<Asked> details = details(uploads, asked);
    List<RemoteUpload> others = all.subList(asked.size(), all.size());
    if (session.talk().isJson()) {
      var rows = new ArrayList<Map<String, Object>>();
      details.forEach(each -> rows.add(each.json()));
      others.forEach(each -> rows.add(json(each)));
      session.talk().data(rows);
      return exit(details);
    }
    if (!details.isEmpty()) {
      session.talk().line(line("NUMBER", "STATE", "DONE", "SIZE", "SPEED", "ETA", "FILE"));
    }
    details.forEach(each -> each.lines().forEach(session.talk()::line));
    if (!others.isEmpty()) {
      session
          .talk()
          .note(
              "%s not shown; --last %d shows all"
                  .formatted(
                      Amount.count(others.size(), "older request is", "older requests are"),
                      all.size()));
    }
    return exit(details);
  }

  private static Exit exit(List<Asked> details) {
    return details.stream().allMatch(Asked::isTold) ? Exit.OK : Exit.PARTIAL;
  }

  /** What is said of one that was asked about; one may be refused while others are told. */
  private record Asked(boolean isTold, List<String> lines, Map<String, Object> json) {}

  private static List<Asked> details(RemoteUploads uploads, List<RemoteUpload> all)
      throws IOException {
    int refused = 0;
    var asked = new ArrayList<Asked>();
    for (RemoteUpload upload : all) {
      try {
        RemoteUpload.Details told = uploads.get(upload.id());
        asked.add(
            new Asked(
                true,
                told.fetches().stream().map(fetch -> line(upload.id(), fetch)).toList(),
                json(told)));
      } catch (RefusedException e) {
        if (++refused > MOST_REFUSED || !isOfOne(e.refusal())) {
          throw e;
        }
        asked.add(unknown(upload, e.refusal()));
      }
    }
    return asked;
  }

  private static boolean isOfOne(Refusal refusal) {
    return refusal instanceof Refusal.NotFound
        || refusal instanceof Refusal.Denied
        || refusal instanceof Refusal.Unknown;
  }

  private static Asked unknown(RemoteUpload upload, Refusal refusal) {
    Map<String, Object> row = json(upload);
    row.put("error", refusal.said().text());
    String said = Amount.shown("the host refused: " + refusal.said().text());
    return new Asked(
        false, List.of(line(upload.id(), "unknown", NONE, NONE, NONE, NONE, said)), row);
  }

  private static String line(Object... cells) {
    return String.format(Locale.ROOT, "%8s  %-9s  %5s  %10s  %12s  %8s  %s", cells);
  }

  private static String line(long id, RemoteFetch fetch) {
    RemoteFetch.Progress progress = fetch.progress();
    long size = progress.total().orElse(progress.bytes());
    boolean whole = fetch.state() == RemoteFetch.State.DONE;
    return line(
        id,
        Results.word(fetch),
        whole ? "100 %" : share(progress),
        size == 0 ? NONE : Amount.bytes(size),
        progress.bytesPerSecond() == 0 ? NONE : Amount.bytes(progress.bytesPerSecond()) + "/s",
        progress.left().map(Amount::time).orElse(NONE),
        file(fetch));
  }

  private static String share(RemoteFetch.Progress progress) {
    long total = progress.total().orElse(0);
    return total == 0 ? NONE : 100 * progress.bytes() / total + " %";
  }

  private static String file(RemoteFetch fetch) {
    var file = new StringBuilder(Results.named(fetch));
    if (fetch.state() != RemoteFetch.State.DONE && !fetch.message().isEmpty()) {
      file.append(": ").append(fetch.message());
    }
    if (fetch.nextTry() != null) {
      file.append("; again at ").append(Amount.moment(fetch.nextTry()));
    }
    return Amount.shown(file.toString());
  }

  private static Map<String, Object> json(RemoteUpload upload) {
    var row = new LinkedHashMap<String, Object>();
    row.put("id", upload.id());
    if (upload.requested() != null) {
      row.put("requested", upload.requested().toString());
    }
    upload.ended().ifPresent(ended -> row.put("ended", ended.toString()));
    return row;
  }

  private static Map<String, Object> json(RemoteUpload.Details details) {
    Map<String, Object> row = json(details.request());
    row.put("fetches", Results.rows(details));
    return row;
  }
}
