package io.consigne.server.api.guide;

import io.consigne.core.Domain;
import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Standings;
import io.consigne.core.audit.Audit;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.limits.CallsAtOnce;
import io.consigne.core.uploads.Uploads;
import io.consigne.server.http.Exchange;
import io.consigne.server.limits.Gate;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The paths of the articles: what each does, and by which methods. */
final class GuideRoutes {
  /** Where files are posted to. */
  static final String UPLOAD = "upload.cgi";

  private static final List<String> EITHER = List.of("GET", "POST");
  private static final List<String> POST_ONLY = List.of("POST");

  private final Map<String, Route> routes = new HashMap<>();

  private final Gate gate;
  private final KeyPlaces keys;
  private final Audit audit;
  private final Standings standings;

  GuideRoutes(Domain domain, Gate gate, UnaryOperator<String> downloadPath) {
    this.gate = gate;
    keys = new KeyPlaces(domain.keyLogins(), gate);
    audit = domain.audit();
    standings = domain.standings();
    var files =
        new FileCalls(
            domain.files(), domain.folders(), domain.links(), domain.downloads(), downloadPath);
    var folders = new FolderCalls(domain.folders(), domain.listing());
    route(
        EITHER,
        new AccountCalls(domain.accounts(), domain.listing(), domain.blobs()),
        "user/info.cgi");
    route(EITHER, files::save, "download/save.cgi", "download/get_token.cgi", "link/get_link.cgi");
    route(EITHER, folders::list, "folder/list.cgi");
    route(POST_ONLY, folders::files, "file/ls.cgi");
    route(POST_ONLY, files::info, "file/info.cgi");
    route(EITHER, folders::create, "folder/create.cgi", "folder/add.cgi");
    route(POST_ONLY, files::delete, "file/delete.cgi");
    route(POST_ONLY, files::rename, "file/rename.cgi");
    route(POST_ONLY, files::move, "file/move.cgi");
    route(POST_ONLY, server(domain.uploads()), "upload/get_upload_server.cgi");
    route(
        POST_ONLY,
        new RemoteCall(domain.remote().requests()),
        "remote/remote.cgi",
        "upload/add_url.cgi");
    var upload = upload(new GuideUpload(domain.uploads(), keys, gate, audit));
    routes.put(UPLOAD, upload);
    routes.put("upload/upload.cgi", upload);
  }

  private void route(List<String> methods, GuideEndpoint endpoint, String... paths) {
    for (String path : paths) {
      routes.put(path, new Route(methods, (exchange, query) -> call(exchange, query, endpoint)));
    }
  }

  /** Uploads are counted as such, and need no place beside. */
  private static Route upload(GuideUpload upload) {
    return new Route(
        POST_ONLY, (exchange, query) -> new Answered(upload.read(exchange, query), () -> {}));
  }

  /**
   * Everything but an upload: reads the body whole, looks for the key, and waits for the turn of
   * that caller.
   */
  private Answered call(Exchange exchange, Parameters query, GuideEndpoint endpoint)
      throws IOException {
    Parameters body =
        exchange.method().equals("POST") ? ParameterReader.body(exchange, gate) : new Parameters();
    Access access = keys.open(exchange, query, body);
    endpoint.charge().ifPresent(kind -> gate.charge(exchange, access, kind));
    query.addAll(body);
    var guideCall =
        new GuideCall(access, exchange.clientAddress(), exchange.origin(), exchange.hosts(), query);
    CallsAtOnce.Place place = gate.enter(exchange, access);
    try {
      return Answered.of(
          place,
          () -> {
            standings.require(access);
            return endpoint.call(guideCall);
          });
    } catch (FailureException e) {
      audit.refused(access.actor(), exchange.path(), endpoint.named(query), e.failure());
      throw e;
    }
  }

  private static GuideEndpoint server(Uploads uploads) {
    return call ->
        GuideEndpoint.Answer.of(Map.of("url", call.origin().host(), "id", uploads.newId().value()));
  }

  /** Method and path of each, as in {@code GET user/info.cgi}. */
  Set<String> addresses() {
    var all = new TreeSet<String>();
    routes.forEach(
        (path, route) -> route.methods().forEach(method -> all.add(method + " " + path)));
    return all;
  }

  boolean has(String path) {
    return routes.containsKey(path);
  }

  boolean has(String method, String path) {
    return has(path) && methods(path).contains(method);
  }

  List<String> methods(String path) {
    return route(path).methods();
  }

  /**
   * Does what the path says; throws as {@link GuideEndpoint#call}.
   *
   * @return to be sent, and closed
   */
  Answered answer(String path, Exchange exchange) throws IOException {
    return route(path).action().answer(exchange, ParameterReader.query(exchange));
  }

  private Route route(String path) {
    Route route = routes.get(path);
    if (route == null) {
      throw new Failure.NotFound().asException();
    }
    return route;
  }

  private record Route(List<String> methods, Action action) {}

  @FunctionalInterface
  private interface Action {
    Answered answer(Exchange exchange, Parameters query) throws IOException;
  }

  /** What is answered, and the place that it has until it is sent. */
  record Answered(GuideEndpoint.Answer answer, CallsAtOnce.Place place) implements AutoCloseable {
    /** What comes of a call that has that place, which is free if it fails, in whatever way. */
    static Answered of(CallsAtOnce.Place place, Supplier<GuideEndpoint.Answer> call) {
      boolean answered = false;
      try {
        var answer = new Answered(call.get(), place);
        answered = true;
        return answer;
      } finally {
        if (!answered) {
          place.close();
        }
      }
    }

    @Override
    public void close() {
      place.close();
    }
  }
}
