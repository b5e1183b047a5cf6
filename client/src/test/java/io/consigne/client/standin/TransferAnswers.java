package io.consigne.client.standin;

import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.RawHttp.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Uploads, their reports, and downloads (reference: 1fichier-api, 8 and 9). */
final class TransferAnswers {
  private static final Pattern PART =
      Pattern.compile(
          "(?s)Content-Disposition: form-data; name=\"([^\"]+)\"(?:; filename=\"([^\"]+)\")?"
              + "[^\n]*\r\n(?:Content-Type: [^\r]+\r\n)?\r\n(.*)\r\n");
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");

  private final StandInFiles files;
  private final String host;
  private final AtomicInteger uploads = new AtomicInteger();

  TransferAnswers(StandInFiles files, String host) {
    this.files = files;
    this.host = host;
  }

  Reply place() {
    return Told.ok(Map.of("url", host, "id", "u" + uploads.incrementAndGet()));
  }

  /** Bytes are taken as Latin-1 text, which keeps each of them. */
  Reply upload(Request request) {
    String type = request.headers().getOrDefault("Content-Type", "");
    String boundary = "--" + type.substring(type.indexOf("boundary=") + 9);
    String text = new String(request.body(), StandardCharsets.ISO_8859_1);
    if (!text.endsWith(boundary + "--\r\n")) {
      return Reply.page(200, "Pas de fichier trouvé dans l'envoi");
    }
    long folder = 0;
    var kept = new ArrayList<StoredFile>();
    for (String part : text.split(Pattern.quote(boundary), -1)) {
      Matcher matcher = PART.matcher(part);
      if (matcher.find() && matcher.group(2) == null) {
        folder = Long.parseLong(matcher.group(3));
      } else if (matcher.hasMatch()) {
        String name = utf8(matcher.group(2));
        if (files.isRefused(name)) {
          kept.forEach(file -> files.remove(file.id()));
          return Reply.json(400, "{\"message\":\"Bad name #12\",\"status\":\"KO\"}");
        }
        byte[] bytes = matcher.group(3).getBytes(StandardCharsets.ISO_8859_1);
        kept.add(files.store(folder, name, bytes));
      }
    }
    String id = request.query("id");
    files.report(id, kept);
    return new Reply(302, "text/html", Map.of("Location", "/end.pl?xid=" + id), new byte[0]);
  }

  private static String utf8(String latin) {
    return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  Reply report(String upload) {
    List<StoredFile> kept = files.report(upload);
    if (kept == null) {
      return Reply.page(200, "Veuillez patienter");
    }
    List<Map<String, String>> links =
        kept.stream()
            .map(file ->
                Map.of(
                    "download", FileAnswers.url(file),
                    "filename", file.name(),
                    "remove", "",
                    "size", Integer.toString(file.bytes().length),
                    "whirlpool", files.checksum(file)))
            .toList();
    return Told.ok(Map.of("incoming", 0, "links", links));
  }

  Reply token(JsonNode body) {
    String id = Told.id(body.path("url"));
    String url = "http://" + files.node(id).orElse(host) + "/p" + id;
    return files.find(id) == null
        ? Told.missing()
        : Told.ok(Map.of("status", "OK", "message", "OK", "url", url));
  }

  Reply download(Request request, String id) {
    StoredFile file = files.find(id);
    if (file == null) {
      return Reply.page(404, "File not found !");
    }
    byte[] all = file.bytes();
    Matcher range = RANGE.matcher(request.headers().getOrDefault("Range", ""));
    if (!range.matches()) {
      return new Reply(200, "application/octet-stream", Map.of(), all);
    }
    int first = Integer.parseInt(range.group(1));
    int end =
        range.group(2).isEmpty()
            ? all.length
            : Math.min(all.length, Integer.parseInt(range.group(2)) + 1);
    String content = "bytes %d-%d/%d".formatted(first, end - 1, all.length);
    return new Reply(
        206,
        "application/octet-stream",
        Map.of("Content-Range", content),
        Arrays.copyOfRange(all, first, end));
  }
}
