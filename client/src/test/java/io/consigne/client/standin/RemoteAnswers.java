package io.consigne.client.standin;

import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.StandInFetches.Asked;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The calls {@code remote/…} (reference: 1fichier-api, 10). */
final class RemoteAnswers {
  private static final String NOT_YET = "1970-01-01 01:00:00";

  private final StandInFiles files;
  private final StandInFetches fetches;

  RemoteAnswers(StandInFiles files, StandInFetches fetches) {
    this.files = files;
    this.fetches = fetches;
  }

  /** Each call asks for all again. */
  Reply request(JsonNode body) {
    long folder = body.path("folder_id").asLong(StandInFolders.ROOT);
    List<String> sources = Told.each(body.path("urls")).map(JsonNode::asString).toList();
    if (sources.isEmpty() || files.folders().find(folder) == null) {
      return Told.missing();
    }
    Asked asked = fetches.ask(sources, folder);
    return Told.ok(
        Map.of(
            "status", "OK", "id", asked.id(), "date", Told.date(asked.asked()), "urls", sources));
  }

  Reply list() {
    return Told.ok(
        Map.of("status", "OK", "data", fetches.all().stream().map(RemoteAnswers::line).toList()));
  }

  private static Map<String, Object> line(Asked asked) {
    var line = new LinkedHashMap<String, Object>();
    line.put("id", asked.id());
    line.put("request_date", Told.date(asked.asked()));
    line.put("execution_date", asked.ended() == null ? NOT_YET : Told.date(asked.ended()));
    return line;
  }

  Reply info(JsonNode body) {
    Asked asked = fetches.look(body.path("id").asLong());
    if (asked == null) {
      return Told.missing();
    }
    Map<String, Object> answer = line(asked);
    answer.put("links", asked.sources());
    answer.put("result", asked.stored().stream().map(RemoteAnswers::result).toList());
    return Told.ok(answer);
  }

  private static Map<String, Object> result(StoredFile file) {
    return Map.of(
        "status",
        "OK",
        "url",
        new String(file.bytes(), StandardCharsets.UTF_8),
        "download_link",
        FileAnswers.url(file),
        "message",
        file.bytes().length + " bytes");
  }
}
