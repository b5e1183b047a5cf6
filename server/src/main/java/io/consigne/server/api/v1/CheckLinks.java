package io.consigne.server.api.v1;

import io.consigne.core.failure.Failure;
import io.consigne.core.ids.LinkId;
import io.consigne.core.limits.CallsAtOnce;
import io.consigne.core.links.LinkAddress;
import io.consigne.core.links.Links;
import io.consigne.core.tree.FileAttributes;
import io.consigne.core.tree.StoredFile;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.FormFields;
import io.consigne.server.http.Handler;
import io.consigne.server.limits.Gate;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * {@code /check_links.pl}: tells of up to 100 links, a line each and in order, whether they are
 * alive: {@code url;name;size}, or {@code url;;;} with {@code NOT FOUND}, {@code BAD LINK} or
 * {@code PRIVATE} (reference: 1fichier-api, section 13.2).
 */
final class CheckLinks implements Handler {

  private final Links links;
  private final Gate gate;

  CheckLinks(Links links, Gate gate) {
    this.gate = gate;
    this.links = links;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    FormFields fields =
        exchange.method().equals("POST")
            ? WebForm.read(exchange, gate)
            : FormFields.query(exchange.query());
    List<String> wanted = fields.all("links[]");
    if (wanted.size() > WireLimits.LINKS_PER_CHECK) {
      throw new Failure.TooLarge("links[]", wanted.size(), WireLimits.LINKS_PER_CHECK)
          .asException();
    }
    try (CallsAtOnce.Place _ = gate.enter(exchange)) {
      WebPage.text(exchange, 200, lines(wanted));
    }
  }

  private String lines(List<String> wanted) {
    var lines = new StringBuilder();
    for (String url : wanted) {
      String shown = url.replaceAll("[\\p{Cntrl};]", "");
      lines.append(shown).append(';').append(verdict(url)).append('\n');
    }
    return lines.toString();
  }

  private String verdict(String url) {
    Optional<LinkId> link = LinkAddress.find(url);
    if (link.isEmpty()) {
      return ";;BAD LINK";
    }
    return links.find(link.get()).map(CheckLinks::verdict).orElse(";;NOT FOUND");
  }

  private static String verdict(StoredFile file) {
    FileAttributes attributes = file.attributes();
    boolean open = attributes.password() == null && attributes.rules().letEverybodyIn();
    return open ? WebPage.field(file.name()) + ";" + file.size() : ";;PRIVATE";
  }
}
