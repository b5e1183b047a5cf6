package io.consigne.server.api.v1;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.accounts.Right;
import io.consigne.core.ids.FileId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.links.LinkAddress;
import io.consigne.core.links.PublicFolders;
import io.consigne.core.tree.FileListing;
import io.consigne.core.tree.Folder;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.Folders;
import io.consigne.core.tree.StoredFile;
import io.consigne.server.http.Exchange;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A public folder for people: its files by name, and what they come to. Of a folder with more files
 * than are sorted the page shows them as they were taken in, and their sum at its end; not more of
 * them than are sorted are in memory at a time.
 */
final class FolderHtml {
  private static final String COLUMNS =
      "<table><tr><th>Name</th><th class=\"size\">Size</th><th class=\"date\">Sent</th></tr>\n";

  private final PublicFolders folders;
  private final Folders tree;

  FolderHtml(PublicFolders folders, Folders tree) {
    this.folders = folders;
    this.tree = tree;
  }

  void send(Exchange exchange, Folder folder) throws IOException {
    var rows = new ArrayList<Row>();
    FileId last = begin(folder, rows);
    String hidden = hidden(inside(folder));
    String heading = "<h1>Shared folder " + Html.name(folder.name()) + "</h1>\n";
    WebPage.beginHtml(exchange);
    WebPage.write(exchange, Html.top("Shared folder " + folder.name()) + heading);
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
      Sum sum = rest(exchange, folder, last, begun);
      WebPage.write(exchange, "</table>\n" + note(sum + hidden));
    }
    WebPage.write(exchange, Html.BOTTOM);
  }

  /** Collects as many files as are sorted, in whole pages; answers the last, or null at the end. */
  private @Nullable FileId begin(Folder folder, List<Row> rows) {
    FileListing.Page page = folders.files(folder, null);
    rows.addAll(rows(page));
    while (page.lastOrNull() != null && rows.size() < WireLimits.SORTED_FILES) {
      page = folders.files(folder, page.lastOrNull());
      rows.addAll(rows(page));
    }
    return page.lastOrNull();
  }

  private Sum rest(Exchange exchange, Folder folder, FileId before, Sum begun) throws IOException {
    Sum sum = begun;
    for (FileId last = before; last != null; ) {
      FileListing.Page page = folders.files(folder, last);
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

  /** How many folders are in it, of which the page shows nothing else. */
  private int inside(Folder folder) {
    var reader = new Access(folder.account(), Plan.GUEST, Set.of(Right.READ), folder.id(), null);
    return tree.view(reader, FolderRef.ROOT).folders().size();
  }

  private static String hidden(int inside) {
    return switch (inside) {
      case 0 -> "";
      case 1 -> " 1 folder inside is not shown.";
      default -> " " + inside + " folders inside are not shown.";
    };
  }

  private static String note(String text) {
    return "<p class=\"note\">" + text + "</p>";
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
