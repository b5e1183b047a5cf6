package io.consigne.server.api.v1;

import io.consigne.core.Domain;
import io.consigne.core.accounts.Access;
import io.consigne.core.db.DatabaseAway;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.db.DatabaseStopped;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.Handler;
import io.consigne.server.http.MalformedBody;
import io.consigne.server.limits.Gate;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The 1fichier dialect: finds who answers a path. All host names are served alike; what is handed
 * out is derived from {@link Exchange#origin}.
 */
public final class V1Front implements Handler {
  private static final String UPLOAD = "/upload.cgi";
  private static final List<String> METHODS = List.of("GET", "HEAD", "POST");
  private static final Pattern LANGUAGE = Pattern.compile("/[a-z]{2}(/dir/.*|/remove/.*|/)");

  /** A link as it is met in the wild, of the shape that this host gives its ids. */
  private static final Pattern BARE_LINK = Pattern.compile("/[a-z0-9]{20}");

  private final Gate gate;
  private final V1 v1;
  private final Map<String, Handler> paths;
  private final Map<String, Handler> prefixes;

  /** Leads to the page of a link. */
  private final Handler bareLink;

  /** Answers what nobody else does. */
  private final Handler nowhere;

  /**
   * Wires the front.
   *
   * @param guests the account of the host's guests; null if they may not upload
   * @param countriesKnown whether rules about countries are possible
   */
  public V1Front(Domain domain, @Nullable Access guests, boolean countriesKnown) {
    gate = new Gate(domain.calls(), domain.transfers());
    var callers =
        new Callers(
            domain.keyLogins(), domain.passwordLogins(), domain.standings(), domain.clock(), gate);
    v1 =
        new V1(
            callers,
            gate,
            endpoints(domain, countriesKnown),
            Map.of(
                UploadServer.PATH,
                gate.page(new UploadServer(domain.uploads())),
                KeyVerification.PATH,
                new KeyVerification(domain.keyLogins(), callers, gate),
                KeyReport.PATH,
                gate.page(new KeyReport(domain.keys(), domain.defender()))),
            domain.audit());
    var reader = new UploadReader(domain.uploads(), callers, domain.passwords(), gate, guests);
    paths =
        Map.of(
            UPLOAD,
            new UploadHandler(callers, reader, domain.keys().use(), domain.audit()),
            ReportPage.PATH,
            gate.page(new ReportPage(domain.uploads(), callers, gate, domain.audit())),
            "/check_links.pl",
            gate.page(new CheckLinks(domain.links(), gate)),
            "/",
            gate.page(linkPage(domain, callers)));
    prefixes = prefixes(domain, gate);
    bareLink = gate.page(V1Front::leadToPage);
    nowhere =
        exchange -> {
          gate.notThere(exchange);
          throw new Failure.NotFound().asException();
        };
  }

  private static LinkPage linkPage(Domain domain, Callers callers) {
    return new LinkPage(
        callers, domain.links(), domain.downloads(), domain.accounts(), domain.audit());
  }

  private static void leadToPage(Exchange exchange) throws IOException {
    String query = exchange.query();
    String more = query.isEmpty() ? "" : "&" + query;
    WebPage.redirect(exchange, "/?" + exchange.path().substring(1) + more);
  }

  private static Map<String, Handler> prefixes(Domain domain, Gate gate) {
    return Map.of(
        FolderPage.PREFIX,
        gate.page(new FolderPage(domain.publicFolders(), gate)),
        RemovalPage.PREFIX,
        gate.page(new RemovalPage(domain.links(), gate)),
        TokenEndpoint.PREFIX,
        new DownloadHandler(
            domain.downloads(), domain.blobs(), gate, domain.keys().use(), domain::downloading));
  }

  private static Map<String, Endpoint> endpoints(Domain domain, boolean countriesKnown) {
    var endpoints = new HashMap<String, Endpoint>(NotOffered.routes());
    endpoints.putAll(
        new FileEndpoints(
                domain.files(),
                domain.links(),
                new AttributeRequest(domain.passwords(), countriesKnown, domain.clock()))
            .routes());
    endpoints.putAll(
        new FolderEndpoints(
                domain.folders(),
                domain.sharing(),
                domain.listing(),
                new AttributeRequest(domain.passwords(), false, domain.clock()))
            .routes());
    endpoints.putAll(new KeyEndpoints(domain.keys(), domain.clock()).routes());
    endpoints.putAll(new RemoteEndpoints(domain.remote().requests()).routes());
    endpoints.putAll(new WebhookEndpoints(domain.hooks().webhooks()).routes());
    endpoints.put("capabilities.cgi", new Capabilities());
    endpoints.put("audit.cgi", new AuditEndpoint(domain.audit(), domain.accounts()));
    endpoints.put("file/ls.cgi", new ListEndpoint(domain.listing()));
    endpoints.put(
        "user/info.cgi",
        new UserEndpoint(domain.accounts(), domain.listing(), domain.blobs(), domain.clock()));
    endpoints.put("download/get_token.cgi", new TokenEndpoint(domain.links(), domain.downloads()));
    return Map.copyOf(endpoints);
  }

  /** Whether 1fichier's API has this path, with this method. */
  public boolean owns(String method, String path) {
    return path.startsWith(V1.PREFIX)
        ? v1.owns(method, path.substring(V1.PREFIX.length()))
        : paths.containsKey(path);
  }

  /** The path at which the file of a download token is served. */
  public static String downloadPath(String token) {
    return TokenEndpoint.PREFIX + token;
  }

  /** Every address that is answered; a star stands for what follows a prefix. */
  public Set<String> addresses() {
    var all = new TreeSet<String>(paths.keySet());
    prefixes.keySet().forEach(prefix -> all.add(prefix + "*"));
    v1.addresses().forEach(address -> all.add(V1.PREFIX + address));
    return all;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    boolean call = isCall(exchange);
    boolean json = call || asksForJson(exchange);
    try {
      if (!call && !METHODS.contains(exchange.method()) && !exchange.path().equals(UPLOAD)) {
        gate.notThere(exchange);
        exchange.header("Allow", String.join(", ", METHODS));
        refuse(exchange, json, Refusal.METHOD);
        return;
      }
      (call ? v1 : page(exchange.path())).handle(exchange);
    } catch (FailureException e) {
      refuse(exchange, json, Refusal.of(e.failure()));
    } catch (MalformedBody e) {
      refuse(exchange, json, Refusal.of(e));
    } catch (DatabaseFull e) {
      refuse(exchange, json, Refusal.of(new Failure.StoreFull()));
    } catch (DatabaseStopped e) {
      refuse(exchange, json, Refusal.STOPPING);
    } catch (DatabaseAway e) {
      refuse(exchange, json, Refusal.AWAY);
    }
  }

  private static boolean isCall(Exchange exchange) {
    return exchange.path().startsWith(V1.PREFIX);
  }

  /** Whether a page is to be JSON, and so its refusal, also one that the page knows nothing of. */
  private static boolean asksForJson(Exchange exchange) throws IOException {
    String path = plain(exchange.path());
    try {
      return path.equals(ReportPage.PATH)
          ? ReportPage.asksForJson(exchange)
          : path.startsWith(FolderPage.PREFIX) && FolderPage.asksForJson(exchange);
    } catch (MalformedBody _) {
      return false;
    }
  }

  /** A path without the language before it: there is one. */
  private static String plain(String path) {
    Matcher language = LANGUAGE.matcher(path);
    return language.matches() ? language.group(1) : path;
  }

  /** Answers a request whose body could not be read before anybody looked for a key. */
  public void refuse(Exchange exchange, MalformedBody malformed) throws IOException {
    Refusal refusal;
    try {
      gate.notThere(exchange);
      refusal = Refusal.of(malformed);
    } catch (FailureException e) {
      refusal = Refusal.of(e.failure());
    }
    refuse(exchange, isCall(exchange) || asksForJson(exchange), refusal);
  }

  private static void refuse(Exchange exchange, boolean json, Refusal refusal) throws IOException {
    if (exchange.startedResponse()) {
      exchange.abort();
    } else if (json) {
      JsonAnswer.refuse(exchange, refusal);
    } else {
      WebPage.refuse(exchange, refusal);
    }
  }

  private Handler page(String path) {
    String plain = plain(path);
    Handler exact = paths.get(plain);
    if (exact != null) {
      return exact;
    }
    if (BARE_LINK.matcher(plain).matches()) {
      return bareLink;
    }
    return prefixes.entrySet().stream()
        .filter(entry -> plain.startsWith(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(nowhere);
  }

  /** Answers what no handler answered, in the envelope of this front. */
  public static void fallback(Exchange exchange, int status) throws IOException {
    Refusal refusal =
        switch (status) {
          case 405 -> Refusal.METHOD;
          case 414 -> new Refusal(414, "The address is too long #701", 0);
          case 431 -> new Refusal(431, "The headers are too long, or too many #701", 0);
          case 415 -> new Refusal(415, "Send the body without a Content-Encoding #701", 0);
          case 501 -> Refusal.of(new Failure.NotOffered("The method or transfer coding"));
          case 505 -> new Refusal(505, "Only HTTP/1.1 is spoken here #701", 0);
          case 503 -> Refusal.STOPPING;
          case 500 -> Refusal.INTERNAL;
          default -> new Refusal(status, "Bad request #701", 0);
        };
    JsonAnswer.refuse(exchange, refusal);
  }
}
