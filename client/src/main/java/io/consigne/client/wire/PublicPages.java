package io.consigne.client.wire;

import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.LinkCheck;
import io.consigne.client.model.LinkCheck.State;
import io.consigne.client.model.PublicFile;
import io.consigne.client.model.PublicFolder;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transport.WireBody;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What needs no key: public folders and the state of links (reference: 1fichier-api, 13). */
public final class PublicPages {
  /** The most links of one {@link #check}. */
  public static final int LINKS_PER_CHECK = 100;

  /** Of a folder with what lies below it, or of one inside such a folder. */
  private static final Pattern FOLDER =
      Pattern.compile("(.*/dir/[A-Za-z0-9]{12})(?:/[0-9]{1,18})?/?");

  private static final Pattern PASSWORD =
      Pattern.compile("<input[^<>]*\\b(?:type|name)=[\"']?pass", Pattern.CASE_INSENSITIVE);

  private final Wire wire;

  /** Asks through {@code wire}. */
  public PublicPages(Wire wire) {
    this.wire = wire;
  }

  /**
   * The files of a public folder.
   *
   * @param address as {@code https://1fichier.com/dir/CiLKCBI7}
   * @param password of the folder, or null
   */
  public List<PublicFile> folder(URI address, @Nullable String password) throws IOException {
    Wire.Page page = wire.page(address, form("json=1", password));
    return files(Json.list(page.text()).orElseThrow(() -> noList(page)));
  }

  /**
   * A public folder with those in it. Addresses as 1fichier has them open the files of one folder,
   * and are not asked for more; an older Consigne host answers so, too.
   *
   * @param address as {@code https://files.example.org/dir/CiLKCBI7x2Qd}, or of a folder inside
   * @param password of the public folder, or null
   */
  public PublicFolder open(URI address, @Nullable String password) throws IOException {
    Matcher known = FOLDER.matcher(address.toString());
    if (!known.matches()) {
      return new PublicFolder(folder(address, password), List.of());
    }
    Wire.Page page = wire.page(address, form("json=1&below=1", password));
    Optional<List<JsonObject>> files = Json.list(page.text());
    if (files.isPresent()) {
      return new PublicFolder(files(files.get()), List.of());
    }
    JsonObject answer =
        Json.object(page.text())
            .filter(object -> object.has("files"))
            .orElseThrow(() -> noList(page));
    List<PublicFolder.Inside> folders =
        answer.objects("sub_folders").stream()
            .map(inside -> inside(known.group(1), inside))
            .toList();
    return new PublicFolder(files(answer.objects("files")), folders);
  }

  /** The address is made here: a password goes where the person sent it, and nowhere else. */
  private PublicFolder.Inside inside(String published, JsonObject folder) {
    long id = folder.number("id");
    String name = wire.nameHere(folder.textOrEmpty("name"));
    return new PublicFolder.Inside(
        new FolderId(Math.max(0, id)), name, URI.create(published + "/" + id));
  }

  private List<PublicFile> files(List<JsonObject> files) throws RefusedException {
    var all = new ArrayList<PublicFile>();
    for (JsonObject file : files) {
      String name = wire.nameHere(file.textOrEmpty("filename"));
      var locks = new RemoteFile.Locks(file.isOn("password"), file.isOn("acl"));
      all.add(new PublicFile(link(file, name), name, file.number("size"), locks));
    }
    return all;
  }

  private static FileLink link(JsonObject file, String name) throws RefusedException {
    String link = file.textOrEmpty("link");
    if (link.isBlank()) {
      throw new RefusedException(
          new Refusal.Invalid(new Said(0, "the host lists a file without its link: " + name)));
    }
    return new FileLink(link);
  }

  private static WireBody form(String asked, @Nullable String password) {
    return WireBody.of(asked + (password == null ? "" : "&" + password(password)));
  }

  /** The field of a form. */
  static String password(String password) {
    return "pass=" + encoded(password);
  }

  static boolean asksForPassword(Wire.Page page) {
    return PASSWORD.matcher(page.text()).find();
  }

  /** Known words come first: a page about a lock may have a form to log in with. */
  private static RefusedException noList(Wire.Page page) {
    Refusal refusal = page.refusal();
    boolean asks = refusal instanceof Refusal.Unavailable && asksForPassword(page);
    return new RefusedException(
        asks
            ? new Refusal.PasswordNeeded(
                new Said(refusal.said().status(), "the public folder needs its password"))
            : refusal);
  }

  /** The states of at most {@value #LINKS_PER_CHECK} links, in order. */
  public List<LinkCheck> check(List<String> links) throws IOException {
    String form =
        links.stream().map(link -> "links[]=" + encoded(link)).collect(Collectors.joining("&"));
    Wire.Page page = wire.page(wire.site("/check_links.pl"), WireBody.of(form));
    List<String> lines = page.text().lines().filter(line -> !line.isBlank()).toList();
    if (lines.size() != links.size() || !lines.stream().allMatch(PublicPages::isLine)) {
      throw new RefusedException(page.refusal());
    }
    return lines.stream().map(this::line).toList();
  }

  /** Words alone are no answer about a link, and neither is a page. */
  private static boolean isLine(String line) {
    return line.contains(";") && !line.stripLeading().startsWith("<");
  }

  /** A line: {@code url;name;size} or {@code url;;;STATE}; a name may have semicolons. */
  private LinkCheck line(String line) {
    int first = line.indexOf(';');
    String link = line.substring(0, first);
    String rest = line.substring(first + 1);
    int last = rest.lastIndexOf(';');
    String end = rest.substring(last + 1);
    if (!rest.startsWith(";;") && last >= 0 && end.matches("[0-9]{1,18}")) {
      String name = wire.nameHere(rest.substring(0, last));
      return new LinkCheck(link, State.ALIVE, "", name, Long.parseLong(end));
    }
    String said = rest.startsWith(";;") ? rest.substring(2) : rest;
    return new LinkCheck(link, state(said), said, "", 0);
  }

  private static State state(String said) {
    return switch (said) {
      case "NOT FOUND" -> State.NOT_FOUND;
      case "BAD LINK" -> State.BAD_LINK;
      case "PRIVATE" -> State.PRIVATE;
      default -> State.OTHER;
    };
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
