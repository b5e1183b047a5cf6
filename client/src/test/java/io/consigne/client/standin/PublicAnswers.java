package io.consigne.client.standin;

import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.RawHttp.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What needs no key: public folders and the state of links (reference: 1fichier-api, 13). */
final class PublicAnswers {
  private final StandInFiles files;

  PublicAnswers(StandInFiles files) {
    this.files = files;
  }

  /** An array for programs, which ask for it by {@code json=1}; else a page. */
  Reply folder(String token, Request request) {
    StoredFolder folder = files.folders().published(token);
    if (folder == null) {
      return Reply.page(404, "The requested folder could not be found");
    }
    Map<String, List<String>> form = form(request);
    String password = folder.sharing().password();
    if (!password.isEmpty() && !form.getOrDefault("pass", List.of()).contains(password)) {
      return Reply.page(
          200, "<form method=\"post\"><input type=\"password\" name=\"pass\"></form>");
    }
    List<StoredFile> inside = files.in(folder.id());
    if (form.getOrDefault("json", List.of()).contains("1")) {
      return Reply.json(200, Told.text(inside.stream().map(PublicAnswers::item).toList()));
    }
    var rows = new StringBuilder("Shared folder " + folder.name());
    inside.forEach(
        file -> rows.append("<a href=\"%s\">%s</a>".formatted(FileAnswers.url(file), file.name())));
    return Reply.page(200, rows.toString());
  }

  private static Map<String, Object> item(StoredFile file) {
    return Map.of(
        "filename",
        file.name(),
        "link",
        FileAnswers.url(file),
        "size",
        file.bytes().length,
        "password",
        FileAnswers.isLocked(file) ? 1 : 0,
        "acl",
        FileAnswers.hasRules(file) ? 1 : 0);
  }

  /** Strangers get no file: the page has a form, and wants a person (section 8.3). */
  Reply file(Request request) {
    StoredFile file = files.find(request.target().replaceFirst("/\\?|/", ""));
    return file == null
        ? Reply.page(404, "File not found !")
        : Reply.page(200, "<form method=\"post\"><input type=\"hidden\" name=\"adz\"></form>");
  }

  /** A line for each link. */
  Reply check(Request request) {
    var lines = new StringBuilder();
    for (String link : form(request).getOrDefault("links[]", List.of())) {
      StoredFile file = files.find(link.substring(link.indexOf('?') + 1));
      lines.append(link).append(state(file)).append('\n');
    }
    byte[] body = lines.toString().getBytes(StandardCharsets.UTF_8);
    return new Reply(200, "text/plain; charset=utf-8", Map.of(), body);
  }

  private static String state(@Nullable StoredFile file) {
    if (file == null) {
      return ";;;NOT FOUND";
    }
    return FileAnswers.isLocked(file) || FileAnswers.hasRules(file)
        ? ";;;PRIVATE"
        : ";" + file.name() + ";" + file.bytes().length;
  }

  /** The fields of the query and of the body. */
  private static Map<String, List<String>> form(Request request) {
    var fields = new LinkedHashMap<String, List<String>>();
    int query = request.target().indexOf('?');
    String all = (query < 0 ? "" : request.target().substring(query + 1)) + "&" + request.text();
    for (String pair : all.split("&", -1)) {
      int equals = Math.max(0, pair.indexOf('='));
      fields
          .computeIfAbsent(decoded(pair.substring(0, equals)), _ -> new ArrayList<>())
          .add(decoded(pair.substring(Math.min(pair.length(), equals + 1))));
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
