package io.consigne.client.standin;

import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.RawHttp.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The calls of the 1fichier API that the tests need, as 1fichier.com answers them. */
final class StandInApi implements Answering {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern PART =
      Pattern.compile(
          "(?s)Content-Disposition: form-data; name=\"([^\"]+)\"(?:; filename=\"([^\"]+)\")?"
              + "[^\n]*\r\n(?:Content-Type: [^\r]+\r\n)?\r\n(.*)\r\n");
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]*)");

  private final StandInFiles files;
  private final String host;
  private int uploads;

  StandInApi(StandInFiles files, String host) {
    this.files = files;
    this.host = host;
  }

  @Override
  public Reply answer(Request request) {
    String path = request.path();
    if (path.startsWith("/p")) {
      return download(request, path.substring(2));
    }
    return switch (path) {
      case "/v1/capabilities.cgi" -> ko(404, "Resource not found #469");
      case "/v1/upload/get_upload_server.cgi" -> ok(Map.of("url", host, "id", "u" + ++uploads));
      case "/upload.cgi" -> upload(request);
      case "/end.pl" -> report(request.query("xid"));
      case "/v1/file/ls.cgi" -> ok(Map.of("status", "OK", "items", items(body(request))));
      case "/v1/folder/ls.cgi" -> folder(body(request));
      case "/v1/folder/mkdir.cgi" ->
          ok(
              Map.of(
                  "status",
                  "OK",
                  "folder_id",
                  files.makeFolder(
                      body(request).path("folder_id").asLong(),
                      body(request).path("name").asString())));
      case "/v1/file/info.cgi" -> info(body(request));
      case "/v1/file/rm.cgi" -> remove(body(request));
      case "/v1/user/info.cgi" -> ok(Map.of("status", "OK", "email", "alice@example.org"));
      case "/v1/download/get_token.cgi" -> token(body(request));
      default -> ko(404, "Resource not found #469");
    };
  }

  private static JsonNode body(Request request) {
    return JSON.readTree(request.text());
  }

  private static Reply ok(Map<String, ?> members) {
    return Reply.json(200, JSON.writeValueAsString(members));
  }

  private static Reply ko(int status, String message) {
    return Reply.json(status, JSON.writeValueAsString(Map.of("status", "KO", "message", message)));
  }

  /** Bytes are taken as Latin-1 text, which keeps each of them. */
  private Reply upload(Request request) {
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

  private Reply report(String upload) {
    List<StoredFile> kept = files.report(upload);
    if (kept == null) {
      return Reply.page(200, "Veuillez patienter");
    }
    List<Map<String, String>> links =
        kept.stream()
            .map(file ->
                Map.of(
                    "download", url(file),
                    "filename", file.name(),
                    "remove", "",
                    "size", Integer.toString(file.bytes().length),
                    "whirlpool", files.checksum(file)))
            .toList();
    return ok(Map.of("incoming", 0, "links", links));
  }

  private String url(StoredFile file) {
    return "https://1fichier.com/?" + file.id();
  }

  private List<Map<String, Object>> items(JsonNode body) {
    return files.in(body.path("folder_id").asLong()).stream().map(this::item).toList();
  }

  private Map<String, Object> item(StoredFile file) {
    var item = new LinkedHashMap<String, Object>();
    item.put("url", url(file));
    item.put("filename", file.name());
    item.put("size", file.bytes().length);
    item.put("checksum", files.checksum(file));
    return item;
  }

  private Reply info(JsonNode body) {
    String url = body.path("url").asString();
    StoredFile file = files.find(url.substring(url.indexOf('?') + 1));
    return file == null ? ko(404, "Resource not found #469") : ok(item(file));
  }

  private Reply folder(JsonNode body) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("status", "OK");
    answer.put("folder_id", body.path("folder_id").asLong());
    answer.put("files", 0);
    answer.put("items", items(body));
    answer.put(
        "sub_folders",
        files.folders(body.path("folder_id").asLong()).entrySet().stream()
            .map(entry -> Map.of("id", entry.getKey(), "name", entry.getValue()))
            .toList());
    return ok(answer);
  }

  private Reply remove(JsonNode body) {
    int removed = 0;
    for (JsonNode file : body.path("files")) {
      String url = file.path("url").asString();
      removed += files.remove(url.substring(url.indexOf('?') + 1)) ? 1 : 0;
    }
    return removed == 0
        ? ko(404, "Resource not found #469")
        : ok(Map.of("status", "OK", "removed", removed));
  }

  private Reply token(JsonNode body) {
    String url = body.path("url").asString();
    String id = url.substring(url.indexOf('?') + 1);
    return files.find(id) == null
        ? ko(404, "Resource not found #469")
        : ok(Map.of("status", "OK", "message", "OK", "url", "http://" + host + "/p" + id));
  }

  private Reply download(Request request, String id) {
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
