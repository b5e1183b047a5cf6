package io.consigne.server.api.v1;

import io.consigne.core.links.LinkAddress;
import io.consigne.core.uploads.UploadReport;
import io.consigne.core.uploads.UploadedFile;
import io.consigne.server.http.Origin;

/**
 * The report of an upload for people, with the marks that scripts look for: the heading {@code
 * Upload finished}, a table of class {@code premium} for identified uploads, cells of class {@code
 * normal}, the link in the first cell that has one (reference: 1fichier-api, section 9.4).
 */
final class ReportHtml {
  private ReportHtml() {}

  static String of(UploadReport report, Origin origin) {
    boolean guest = report.kept().stream().anyMatch(file -> !file.removalCode().isEmpty());
    var rows = new StringBuilder();
    report.kept().forEach(file -> rows.append(kept(file, origin)));
    report.refused().forEach(file -> rows.append(refused(file)));
    String body =
        """
        <h1>Upload finished</h1>
        <table class="%s">
        <tr><th>Name</th><th class="size">Size</th><th>Download</th><th>Removal</th></tr>
        %s</table>
        """
            .formatted(guest ? "free" : "premium", rows);
    return Html.page("Upload finished", body);
  }

  private static String kept(UploadedFile.Kept file, Origin origin) {
    String link = LinkAddress.of(origin.url(), file.link());
    String removal = ReportPage.removal(file, origin);
    return """
    <tr><td>%s<br><span class="note address">%s</span></td><td class="size">%s</td>\
    <td class="normal">%s</td><td class="normal">%s</td></tr>
    """
        .formatted(
            Html.name(file.name()),
            link,
            Html.size(file.size()),
            anchor(link, "Download"),
            removal.isEmpty() ? "--" : anchor(removal, "Remove"));
  }

  private static String anchor(String url, String text) {
    return "<a href=\"" + url + "\">" + text + "</a>";
  }

  private static String refused(UploadedFile.Refused file) {
    return """
    <tr><td>%s</td><td class="size">%s</td><td class="error" colspan="2">Not kept: %s</td></tr>
    """
        .formatted(Html.name(file.name()), Html.size(file.size()), Html.text(file.reason()));
  }
}
