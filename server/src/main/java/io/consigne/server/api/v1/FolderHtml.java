package io.consigne.server.api.v1;

import io.consigne.core.ids.FileId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.links.LinkAddress;
import io.consigne.core.links.LinkLimits;
import io.consigne.core.links.PublicFolders;
import io.consigne.core.tree.FileListing;
import io.consigne.core.tree.Folder;
import io.consigne.core.tree.StoredFile;
import io.consigne.server.http.Exchange;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A public folder for people: the way to it, the folders in it, its files by name, and what they
 * come to. Of a folder with more files than are sorted the page shows them as they were taken in,
 * and their sum at its end; not more of them than are sorted are in memory at a time.
 */
final class FolderHtml {
  private static final String COLUMNS =
      "<table><tr><th>Name</th><th class=\"size\">Size</th><th class=\"date\">Sent</th></tr>\n";

  private final PublicFolders folders;

  FolderHtml(PublicFolders folders) {
    this.folders = folders;
  }

  /** Sends the page; {@code password} is the one that has opened it, or null. */
  void send(Exchange exchange, PublicFolders.Opened opened, @Nullable String password)
      throws IOException {
    var rows = new ArrayList<Row>();
    FileId last = begin(opened, rows);
    long inside = folders.countFolders(opened);
    var walk = Walk.of(opened, password);
    String name = opened.folder().name();
    WebPage.beginHtml(exchange);
    if (walk.holdsPassword()) {
      exchange.header("Cache-Control", "no-store");
    }
    WebPage.write(exchange, Html.top("Shared folder " + name) + walk.way());
    WebPage.write(exchange, "<h1>Shared folder " + Html.name(name) + "</h1>\n");
    String hidden = hidden(inside - folders(exchange, opened, walk));
    if (rows.isEmpty()) {
      WebPage.write(exchange, note("There are no files in this folder." + hidden));
    } else if (last == null) {
      rows.sort(Comparator.comparing(Row::name, NaturalOrder::compare));
      WebPage.write(exchange, note(Sum.of(rows) + hidden) + "\n" + COLUMNS);
      write(exchange, rows);
      WebPage.write(exchange, "</table>");
    } else {
      WebPage.write(exchange, COLUMNS);
      write(exchange, rows);
      Sum begun = Sum.of(rows);
      rows.clear();
      Sum sum = rest(exchange, opened, last, begun);
      WebPage.write(exchange, "</table>\n" + note(sum + hidden));
    }
    WebPage.write(exchange, Html.BOTTOM);
  }

  /** Sends the folders that a visitor may walk into; answers how many they are. */
  private long folders(Exchange exchange, PublicFolders.Opened opened, Walk walk)
      throws IOException {
    List<Folder> page = folders.folders(opened, "");
    if (page.isEmpty()) {
      return 0;
    }
    long shown = 0;
    WebPage.write(exchange, "<ul class=\"folders\">\n");
    while (!page.isEmpty()) {
      String after = page.getLast().name();
      shown += page.size();
      for (Folder folder : sorted(page)) {
        WebPage.write(exchange, "<li>" + walk.step(folder) + "</li>\n");
      }
      page = page.size() < LinkLimits.FOLDERS_A_PAGE ? List.of() : folders.folders(opened, after);
    }
    WebPage.write(exchange, "</ul>\n");
    return shown;
  }

  /** As people sort, within a page. */
  private static List<Folder> sorted(List<Folder> page) {
    return page.stream().sorted(Comparator.comparing(Folder::name, NaturalOrder::compare)).toList();
  }

  /** Collects as many files as are sorted, in whole pages; answers the last, or null at the end. */
  private @Nullable FileId begin(PublicFolders.Opened opened, List<Row> rows) {
    FileListing.Page page = folders.files(opened, null);
    rows.addAll(rows(page));
    while (page.lastOrNull() != null && rows.size() < WireLimits.SORTED_FILES) {
      page = folders.files(opened, page.lastOrNull());
      rows.addAll(rows(page));
    }
    return page.lastOrNull();
  }

  private Sum rest(Exchange exchange, PublicFolders.Opened opened, FileId before, Sum begun)
      throws IOException {
    Sum sum = begun;
    for (FileId last = before; last != null; ) {
      FileListing.Page page = folders.files(opened, last);
      List<Row> rows = rows(page);
      last = page.lastOrNull();
      sum = sum.with(Sum.of(rows));
      write(exchange, rows);
    }
    return sum;
  }

  private static List<Row> rows(FileListing.Page page) {
    return page.files().stream().map(Row::of).toList();
  }

  private static void write(Exchange exchange, List<Row> rows) throws IOException {
    String url = exchange.origin().url();
    for (Row row : rows) {
      WebPage.write(exchange, row.html(url));
    }
  }

  private static String hidden(long inside) {
    if (inside <= 0) {
      return "";
    }
    return inside == 1
        ? " 1 folder inside is not shown."
        : " " + inside + " folders inside are not shown.";
  }

  private static String note(String text) {
    return "<p class=\"note\">" + text + "</p>";
  }

  /**
   * How a visitor gets from one folder to another: by links; or, behind a password, by buttons that
   * send it again.
   *
   * @param address of the public folder, from its slash on
   * @param opened what is shown
   * @param passwordOrNull what opened it, if it needs one
   */
  private record Walk(
      String address, PublicFolders.Opened opened, @Nullable String passwordOrNull) {
    static Walk of(PublicFolders.Opened opened, @Nullable String password) {
      Folder published = opened.published();
      String address = "/dir/" + published.shareToken().orElseThrow();
      boolean asked = published.sharesBelow() && published.sharePassword();
      return new Walk(address, opened, asked ? password : null);
    }

    boolean holdsPassword() {
      return passwordOrNull != null;
    }

    /** The folders above, and what the buttons send. */
    String way() {
      var html = new StringBuilder();
      if (passwordOrNull != null) {
        html.append(
                "<form id=\"walk\" method=\"post\"><input type=\"hidden\" name=\"pass\" value=\"")
            .append(Html.text(passwordOrNull))
            .append("\"></form>\n");
      }
      if (!opened.way().isEmpty()) {
        html.append("<nav>").append(step(address, opened.published().name()));
        List<Folder> between = opened.way().subList(0, opened.way().size() - 1);
        between.forEach(folder -> html.append(" / ").append(step(folder)));
        html.append(" /</nav>\n");
      }
      return html.toString();
    }

    String step(Folder folder) {
      return step(address + "/" + folder.id(), folder.name());
    }

    private String step(String to, String name) {
      return (passwordOrNull == null
              ? "<a href=\"%s\">%s</a>"
              : "<button class=\"step\" form=\"walk\" formaction=\"%s\">%s</button>")
          .formatted(to, Html.name(name));
    }
  }

  /** How many files there are, and their bytes. */
  private record Sum(long files, long bytes) {
    static Sum of(List<Row> rows) {
      return new Sum(rows.size(), rows.stream().mapToLong(Row::size).sum());
    }

    Sum with(Sum more) {
      return new Sum(files + more.files, bytes + more.bytes);
    }

    @Override
    public String toString() {
      return files + (files == 1 ? " file, " : " files, ") + Html.size(bytes) + ".";
    }
  }

  /**
   * What the page shows of a file. The row begins as tools know it from 1fichier; its cell ends the
   * direction of the name.
   */
  private record Row(String name, LinkId link, long size, Instant sent) {
    static Row of(StoredFile file) {
      return new Row(file.name().value(), file.link(), file.size(), file.uploaded());
    }

    String html(String url) {
      return """
      <tr><td><a href="%s">%s</a></td><td class="size">%s</td><td class="date">%s</td></tr>
      """
          .formatted(
              LinkAddress.of(url, link), Html.text(name), Html.size(size), ParisTime.day(sent));
    }
  }
}
