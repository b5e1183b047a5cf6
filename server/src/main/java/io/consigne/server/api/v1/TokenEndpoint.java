package io.consigne.server.api.v1;

import io.consigne.core.failure.Failure;
import io.consigne.core.links.Downloads;
import io.consigne.core.links.Links;
import io.consigne.core.links.Visitor;
import io.consigne.server.http.Origin;

/** {@code /v1/download/get_token.cgi}: the address from which a file can be fetched for a while. */
final class TokenEndpoint implements Endpoint {
  /** What the path of a download begins with: {@code p} for paid, as on 1fichier. */
  static final String PREFIX = "/p";

  private final Links links;
  private final Downloads downloads;

  TokenEndpoint(Links links, Downloads downloads) {
    this.links = links;
    this.downloads = downloads;
  }

  @Override
  public Answer call(Call call) {
    if (!call.access().plan().apiDownloads()) {
      throw new Failure.PlanLacks("downloads by key").asException();
    }
    Visitor visitor = call.visitor();
    Links.Opened opened = links.open(call.file(), visitor);
    String token =
        downloads.issue(
            opened,
            visitor,
            call.body().flag("inline").orElse(opened.file().attributes().inline()),
            call.body().flag("single").orElse(false));
    return json -> {
      json.writeStringProperty("url", url(call.origin(), token));
      Answer.ok(json);
      json.writeStringProperty("message", "OK");
    };
  }

  static String url(Origin origin, String token) {
    return origin.url() + PREFIX + token;
  }
}
