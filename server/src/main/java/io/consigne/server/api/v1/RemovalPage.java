package io.consigne.server.api.v1;

import io.consigne.core.failure.Failure;
import io.consigne.core.ids.LinkId;
import io.consigne.core.links.Links;
import io.consigne.core.tree.StoredFile;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.Handler;
import io.consigne.server.http.Origin;
import io.consigne.server.limits.Gate;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /remove/<id>/<code>}: lets a guest remove what was uploaded: a page that asks, then {@code
 * POST} with {@code force=1} (reference: 1fichier-api, section 9.4).
 */
final class RemovalPage implements Handler {
  static final String PREFIX = "/remove/";

  private static final Pattern ADDRESS = Pattern.compile("(?:/[a-z]{2})?/remove/([^/]*)/([^/]*)");

  private final Links links;
  private final Gate gate;

  RemovalPage(Links links, Gate gate) {
    this.links = links;
    this.gate = gate;
  }

  /** The address of a removal page. */
  static String url(Origin origin, LinkId link, String code) {
    return origin.url() + PREFIX + link + "/" + code;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Matcher address = ADDRESS.matcher(exchange.path());
    LinkId link =
        (address.matches() ? LinkId.parse(address.group(1)) : Optional.<LinkId>empty())
            .orElseThrow(() -> new Failure.NotFound().asException());
    String code = address.group(2);
    boolean force =
        exchange.method().equals("POST")
            && WebForm.read(exchange, gate).first("force").filter("1"::equals).isPresent();
    if (force) {
      StoredFile removed = links.removeByCode(link, code, Gate.caller(exchange));
      page(exchange, "The file has been destroyed: ", removed, "", "");
    } else {
      StoredFile file = links.findByCode(link, code);
      page(
          exchange,
          "Remove ",
          file,
          "?",
          """
          <form method="post"><input type="hidden" name="force" value="1">
          <button type="submit">Remove for good</button></form>
          """);
    }
  }

  private static void page(
      Exchange exchange, String before, StoredFile file, String after, String form)
      throws IOException {
    String name = file.name().value();
    String heading = "<h1>" + before + Html.name(name) + after + "</h1>";
    WebPage.html(exchange, 200, Html.page(before + name + after, heading + form));
  }
}
