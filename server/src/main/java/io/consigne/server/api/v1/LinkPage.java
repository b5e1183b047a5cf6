package io.consigne.server.api.v1;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Setting;
import io.consigne.core.audit.Audit;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.LinkId;
import io.consigne.core.links.Downloads;
import io.consigne.core.links.Links;
import io.consigne.core.links.Visitor;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.StoredFile;
import io.consigne.server.http.Exchange;
import io.consigne.server.http.FormFields;
import io.consigne.server.http.Handler;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /?<id>}: the page of a file, with its name, its size and a button that downloads; or with
 * a field for its password, and then without its name. With {@code &auth=1} a caller that shows a
 * key or an e-mail and password is sent straight to the download; with {@code &e=1} too, it is told
 * the address as text: {@code url;name;size} (reference: 1fichier-api, section 8.3).
 */
final class LinkPage implements Handler {
  private final Callers callers;
  private final Links links;
  private final Downloads downloads;
  private final Accounts accounts;
  private final Audit audit;

  LinkPage(Callers callers, Links links, Downloads downloads, Accounts accounts, Audit audit) {
    this.audit = audit;
    this.callers = callers;
    this.links = links;
    this.downloads = downloads;
    this.accounts = accounts;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    FormFields query = FormFields.query(exchange.query());
    Optional<LinkId> link = query.bareName().flatMap(LinkId::parse);
    if (link.isEmpty()) {
      welcome(exchange);
      return;
    }
    Access caller = callers.anyhow(exchange).orElse(null);
    callers.chargeOwnRate(exchange, caller);
    try {
      answer(exchange, link.get(), query, caller);
    } catch (FailureException e) {
      if (caller != null) {
        audit.refused(caller.actor(), exchange.path(), List.of("file " + link.get()), e.failure());
      }
      throw e;
    }
  }

  private void answer(Exchange exchange, LinkId link, FormFields query, @Nullable Access caller)
      throws IOException {
    boolean posted = exchange.method().equals("POST");
    if (!isOne(query, "auth")) {
      if (posted) {
        submitted(exchange, link, query, caller);
      } else {
        show(exchange, link, caller);
      }
      return;
    }
    if (caller == null) {
      throw new Failure.NotAuthenticated().asException();
    }
    if (!caller.plan().apiDownloads()) {
      throw new Failure.PlanLacks("direct downloads").asException();
    }
    if (posted && !isOne(query, "e")) {
      submitted(exchange, link, query, caller);
    } else {
      authenticated(exchange, link, query, caller);
    }
  }

  private static boolean isOne(FormFields query, String name) {
    return query.first(name).filter("1"::equals).isPresent();
  }

  private static void welcome(Exchange exchange) throws IOException {
    WebPage.html(
        exchange,
        200,
        Html.page(
            "File host",
            "<h1>File host</h1><p class=\"note\">Files here are opened by their links.</p>"));
  }

  private void authenticated(Exchange exchange, LinkId link, FormFields query, Access access)
      throws IOException {
    var visitor = new Visitor(access, exchange.clientAddress(), query.first("pass").orElse(null));
    Links.Opened opened = links.open(FileRef.of(link), visitor);
    StoredFile file = opened.file();
    String path = download(opened, visitor, query.has("inline"));
    String url = exchange.origin().url() + path;
    if (isOne(query, "e")) {
      WebPage.text(
          exchange, 200, url + ";" + WebPage.field(file.name()) + ";" + file.size() + "\n");
    } else if (menu(access)) {
      page(exchange, file);
    } else {
      WebPage.redirect(exchange, url);
    }
  }

  private boolean menu(Access access) {
    return accounts.get(access.account()).settings().get(Setting.DOWNLOAD_MENU) == 1;
  }

  private void submitted(Exchange exchange, LinkId link, FormFields query, @Nullable Access caller)
      throws IOException {
    FormFields form = WebForm.read(exchange, callers.gate());
    if (caller != null) {
      callers.requireStillKnown(exchange, caller);
    }
    String password = form.first("pass").or(() -> query.first("pass")).orElse(null);
    Visitor visitor = visitor(exchange, caller, password);
    try {
      Links.Opened opened = links.open(FileRef.of(link), visitor);
      boolean inline = query.has("inline") || form.has("dlinline") || form.has("inline");
      WebPage.redirect(exchange, WebPage.own(exchange) + download(opened, visitor, inline));
    } catch (FailureException e) {
      PasswordProblem problem = PasswordProblem.of(e.failure()).orElseThrow(() -> e);
      problem.send(exchange, locked(action(exchange, link), problem.html()));
    }
  }

  /** A visitor of the page: whoever it says it is, else a stranger. */
  private static Visitor visitor(
      Exchange exchange, @Nullable Access caller, @Nullable String password) {
    return new Visitor(caller, exchange.clientAddress(), password);
  }

  /** The path of a download. */
  private String download(Links.Opened opened, Visitor visitor, boolean inline) {
    boolean shown = inline || opened.file().attributes().inline();
    String token = downloads.issue(opened, visitor, shown, false);
    return V1Front.downloadPath(token);
  }

  /** The page of a file; who is not let in by its rules or its password sees nothing of it. */
  private void show(Exchange exchange, LinkId link, @Nullable Access caller) throws IOException {
    try {
      page(exchange, links.open(FileRef.of(link), visitor(exchange, caller, null)).file());
    } catch (FailureException e) {
      switch (e.failure()) {
        case Failure.PasswordMissing() ->
            WebPage.html(exchange, 200, locked(action(exchange, link), ""));
        case Failure.NotAdmitted() when caller == null -> WebPage.html(exchange, 403, closed());
        default -> throw e;
      }
    }
  }

  /**
   * Not which rule it is: that would tell who is let in. It begins as 1fichier's text, which tools
   * look for.
   */
  private static String closed() {
    return Html.page(
        "Refused",
        """
        <h1>Refused</h1>
        <p class="error">This file is protected: it is only for some accounts, addresses or \
        countries.</p>
        <p class="note">If it is for your account: <code>consigne get LINK</code>, with your key.\
         Else ask who sent the link.</p>
        """);
  }

  /** The rows say what they hold in 1fichier's words, by which tools find it. */
  private static void page(Exchange exchange, StoredFile file) throws IOException {
    String name = file.name().value();
    String until =
        file.attributes()
            .rules()
            .expires()
            .map(end -> "<p class=\"note\">Open until %s</p>\n".formatted(time(end)))
            .orElse("");
    String about =
        """
        <table class="file">
        <tr><td>Filename :</td><td>%s</td></tr>
        <tr><td>Size :</td><td>%s</td></tr>
        </table>
        <p class="note">Sent %s</p>
        %s\
        """
            .formatted(Html.text(name), Html.size(file.size()), time(file.uploaded()), until);
    boolean locked = file.attributes().password() != null;
    String action = action(exchange, file.link());
    WebPage.html(exchange, 200, form(name, Html.name(name), about, action, locked));
  }

  private static String action(Exchange exchange, LinkId link) {
    return WebPage.own(exchange) + "/?" + link;
  }

  /** For people all over the world, whose zones nobody here knows. */
  private static String time(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
  }

  private static String locked(String action, String problem) {
    return form("Protected file", "Protected file", problem, action, true);
  }

  private static String form(
      String title, String heading, String about, String action, boolean locked) {
    String field =
        "<p><label>Password <input type=\"password\" name=\"pass\""
            + " autocomplete=\"off\" required autofocus></label></p>";
    return Html.page(
        title,
        """
        <h1>%s</h1>
        %s
        <form method="post" action="%s">
        %s
        <button type="submit">Download</button>
        </form>
        """
            .formatted(heading, about, action, locked ? field : ""));
  }
}
