package io.consigne.server.api.v1;

import io.consigne.core.ids.LinkId;
import io.consigne.core.remote.FetchInfo;
import io.consigne.core.remote.FetchState;
import io.consigne.core.remote.RemoteRequests;
import io.consigne.core.remote.RequestInfo;
import io.consigne.core.remote.source.SourceHeaders;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** Remote uploads as {@code /v1/remote/*.cgi} shows them. */
final class RemoteJson {
  private static final String HIDDEN = "***";

  private RemoteJson() {}

  /** What was asked for; of headers the names alone. {@code refused} is there if any was. */
  static void made(JsonGenerator json, RemoteRequests.Added made, SourceHeaders headers) {
    json.writeNumberProperty("id", made.id());
    json.writeStringProperty("date", ParisTime.write(made.request().requested()));
    json.writeArrayPropertyStart("urls");
    made.items().forEach(item -> json.writeString(item.shown()));
    json.writeEndArray();
    json.writeObjectPropertyStart("headers");
    headers.names().forEach(name -> json.writeStringProperty(name, HIDDEN));
    json.writeEndObject();
    if (!made.refused().isEmpty()) {
      refused(json, made.refused());
    }
  }

  private static void refused(JsonGenerator json, List<RemoteRequests.Refusal> refusals) {
    json.writeArrayPropertyStart("refused");
    for (RemoteRequests.Refusal refusal : refusals) {
      json.writeStartObject();
      json.writeNumberProperty("position", refusal.position());
      json.writeStringProperty("url", refusal.url());
      json.writeStringProperty("message", refusal.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** A request in a list. */
  static void request(JsonGenerator json, RequestInfo request) {
    json.writeNumberProperty("id", request.id());
    json.writeStringProperty("request_date", ParisTime.write(request.requested()));
    json.writeStringProperty("execution_date", request.ended().map(ParisTime::write).orElse(""));
  }

  /** A request with what became of it. */
  static void details(
      JsonGenerator json, RemoteRequests.Details details, Function<LinkId, String> address) {
    request(json, details.request());
    List<FetchInfo> fetches = details.fetches();
    json.writeArrayPropertyStart("links");
    fetches.forEach(fetch -> json.writeString(fetch.source()));
    json.writeEndArray();
    json.writeArrayPropertyStart("result");
    if (details.request().ended().isPresent()) {
      fetches.forEach(fetch -> result(json, fetch, address));
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("fetches");
    fetches.forEach(fetch -> fetch(json, fetch, address));
    json.writeEndArray();
  }

  private static void result(
      JsonGenerator json, FetchInfo fetch, Function<LinkId, String> address) {
    boolean done = fetch.state() == FetchState.DONE;
    json.writeStartObject();
    json.writeStringProperty("status", done ? "OK" : "KO");
    json.writeStringProperty("url", fetch.source());
    json.writeStringProperty("download_link", fetch.link().map(address).orElse(""));
    json.writeStringProperty("message", done ? fetch.bytes() + " bytes" : fetch.reason());
    json.writeEndObject();
  }

  private static void fetch(JsonGenerator json, FetchInfo fetch, Function<LinkId, String> address) {
    json.writeStartObject();
    json.writeStringProperty("url", fetch.source());
    json.writeStringProperty("state", fetch.state().word());
    json.writeStringProperty("filename", fetch.name());
    json.writeNumberProperty("bytes", fetch.bytes());
    fetch.total().ifPresent(total -> json.writeNumberProperty("total", total));
    json.writeNumberProperty("speed", fetch.bytesPerSecond());
    fetch.left().ifPresent(left -> json.writeNumberProperty("eta", left.toSeconds()));
    json.writeNumberProperty("attempts", fetch.attempts());
    fetch.next().ifPresent(next -> json.writeStringProperty("next_try", KeyJson.time(next)));
    json.writeStringProperty("message", fetch.reason());
    json.writeStringProperty("download_link", fetch.link().map(address).orElse(""));
    json.writeEndObject();
  }
}
