package io.consigne.server.api.v1;

import static io.consigne.server.api.v1.FileJson.bit;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.FileId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.limits.CallsAtOnce;
import io.consigne.core.links.LinkAddress;
import io.consigne.core.links.PublicFolders;
import io.consigne.core.links.Visitor;
import io.consigne.core.tree.FileListing;
import io.consigne.core.tree.StoredFile;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.FormFields;
import io.consigne.server.http.Handler;
import io.consigne.server.http.Origin;
import io.consigne.server.limits.Gate;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code /dir/<token>}: a public folder as a page, as JSON ({@code json=1} an array, {@code json=2}
 * an object with numbered members; with {@code below=1} an object with the folders in it, too), or
 * as text ({@code e=1}: {@code url;name;size} a line). A password comes as form field {@code pass}
 * (reference: 1fichier-api, section 13.1). {@code /dir/<token>/<number>} is a folder below it, if
 * the address covers that one.
 */
final class FolderPage implements Handler {
  static final String PREFIX = "/dir/";

  /** A number has no more digits than a long takes. */
  private static final Pattern ADDRESS =
      Pattern.compile("/dir/([0-9A-Za-z]+)(?:/([1-9][0-9]{0,17}))?/?$");

  private final PublicFolders folders;
  private final FolderHtml html;
  private final Gate gate;

  FolderPage(PublicFolders folders, Gate gate) {
    this.gate = gate;
    this.folders = folders;
    this.html = new FolderHtml(folders);
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    FormFields form =
        exchange.method().equals("POST") ? WebForm.read(exchange, gate) : FormFields.query("");
    FormFields query = FormFields.query(exchange.query());
    String json = form.first("json").or(() -> query.first("json")).orElse("");
    boolean text = query.first("e").or(() -> form.first("e")).isPresent();
    boolean below = form.first("below").or(() -> query.first("below")).isPresent();
    String password = form.first("pass").or(() -> query.first("pass")).orElse(null);
    PublicFolders.Opened opened;
    CallsAtOnce.Place place;
    try {
      opened = open(exchange, password);
      place = gate.enter(exchange);
    } catch (FailureException e) {
      refuse(exchange, e, !json.isEmpty(), text);
      return;
    }
    try (place) {
      folders.requireOpen(opened);
      if (!json.isEmpty() && below) {
        new FolderTreeJson(folders).send(exchange, opened);
      } else if (!json.isEmpty()) {
        json(exchange, opened, json.equals("2"));
      } else if (text) {
        text(exchange, opened);
      } else {
        html.send(exchange, opened, password);
      }
    }
  }

  /**
   * Whether the address asks for JSON; that a form does so is not known before it is read.
   *
   * @throws io.consigne.server.http.MalformedBody if the query is not as a form is written
   */
  static boolean asksForJson(Exchange exchange) throws IOException {
    return FormFields.query(exchange.query()).first("json").filter(s -> !s.isEmpty()).isPresent();
  }

  private PublicFolders.Opened open(Exchange exchange, @Nullable String password) {
    Matcher address = ADDRESS.matcher(exchange.path());
    if (!address.find()) {
      throw new Failure.NotFound().asException();
    }
    String inside = address.group(2);
    return folders.open(
        address.group(1),
        inside == null ? null : new FolderId(Long.parseLong(inside)),
        new Visitor(null, exchange.clientAddress(), password));
  }

  private static void refuse(
      Exchange exchange, FailureException refused, boolean json, boolean text) throws IOException {
    Refusal refusal = Refusal.of(refused.failure());
    Optional<PasswordProblem> problem = PasswordProblem.of(refused.failure());
    if (json) {
      JsonAnswer.refuse(exchange, refusal);
    } else if (text || problem.isEmpty()) {
      WebPage.refuse(exchange, refusal);
    } else {
      boolean first = refused.failure() instanceof Failure.PasswordMissing;
      String form = passwordForm(action(exchange), first ? "" : problem.get().html());
      problem.get().send(exchange, Html.page("Shared folder", form));
    }
  }

  /** Where the form leads, if that can be told whole; else it leads to the page that it is on. */
  private static String action(Exchange exchange) {
    String origin = WebPage.own(exchange);
    Matcher address = ADDRESS.matcher(exchange.path());
    return origin.isEmpty() || !address.find()
        ? ""
        : " action=\"" + origin + address.group() + "\"";
  }

  private static String passwordForm(String action, String problem) {
    return """
    <h1>Shared folder</h1>
    %s
    <form method="post"%s>
    <p><label>Password <input type="password" name="pass" autocomplete="off" required autofocus>\
    </label></p>
    <button type="submit">Open</button>
    </form>
    """
        .formatted(problem, action);
  }

  private void json(Exchange exchange, PublicFolders.Opened opened, boolean numbered)
      throws IOException {
    JsonAnswer.write(
        exchange,
        numbered,
        json -> {
          if (numbered) {
            json.writeStartObject();
          } else {
            json.writeStartArray();
          }
          var number = new int[1];
          each(
              opened,
              file -> {
                if (numbered) {
                  json.writeName(Integer.toString(number[0]++));
                }
                item(json, file, exchange.origin());
              });
          if (numbered) {
            json.writeEndObject();
          } else {
            json.writeEndArray();
          }
        });
  }

  static void item(JsonGenerator json, StoredFile file, Origin origin) {
    json.writeStartObject();
    json.writeStringProperty("filename", file.name().value());
    json.writeStringProperty("link", LinkAddress.of(origin.url(), file.link()));
    json.writeNumberProperty("size", file.size());
    json.writeNumberProperty("password", bit(file.attributes().password() != null));
    json.writeNumberProperty("acl", bit(file.attributes().isRestricted()));
    json.writeEndObject();
  }

  private void text(Exchange exchange, PublicFolders.Opened opened) throws IOException {
    WebPage.beginText(exchange);
    String url = exchange.origin().url();
    write(
        exchange,
        opened,
        folders.files(opened, null),
        file ->
            "%s;%s;%s\n"
                .formatted(
                    LinkAddress.of(url, file.link()), WebPage.field(file.name()), file.size()));
  }

  /** Sends a line for each file; not more than a page of files is in memory at a time. */
  private void write(
      Exchange exchange,
      PublicFolders.Opened opened,
      FileListing.Page first,
      Function<StoredFile, String> line)
      throws IOException {
    FileListing.Page page = first;
    while (true) {
      for (StoredFile file : page.files()) {
        WebPage.write(exchange, line.apply(file));
      }
      if (page.lastOrNull() == null) {
        return;
      }
      page = folders.files(opened, page.lastOrNull());
    }
  }

  private void each(PublicFolders.Opened opened, Consumer<StoredFile> action) {
    Optional<FileId> last = Optional.empty();
    do {
      FileListing.Page page = folders.files(opened, last.orElse(null));
      page.files().forEach(action);
      last = page.last();
    } while (last.isPresent());
  }
}
