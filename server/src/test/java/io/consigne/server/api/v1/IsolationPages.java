package io.consigne.server.api.v1;

import static io.consigne.server.api.v1.IsolationTarget.DELETED;
import static io.consigne.server.api.v1.IsolationTarget.DISABLED;
import static io.consigne.server.api.v1.IsolationTarget.ENDED;
import static io.consigne.server.api.v1.IsolationTarget.FOREIGN;
import static io.consigne.server.api.v1.IsolationTarget.HIDDEN;
import static io.consigne.server.api.v1.IsolationTarget.LOCKED;
import static io.consigne.server.api.v1.IsolationTarget.OWN;
import static io.consigne.server.api.v1.IsolationTarget.READ_ONLY;
import static io.consigne.server.api.v1.IsolationTarget.REMOVED;
import static io.consigne.server.api.v1.IsolationTarget.RULED;
import static io.consigne.server.api.v1.IsolationTarget.UNSHARED;
import static io.consigne.server.api.v1.IsolationTarget.WRITABLE;

import io.consigne.server.api.v1.IsolationStage.Caller;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The part of the matrix about what is asked outside of {@code /v1}: uploads, pages, downloads. */
final class IsolationPages {
  private static final Set<Caller> READERS = EnumSet.of(Caller.NOBODY, Caller.KEY, Caller.PASSWORD);

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String PARTS = "multipart/form-data; boundary=e";
  private static final String HEAD = "--e\r\nContent-Disposition: form-data; name=";
  private static final String FILE =
      HEAD + "\"file[]\"; filename=\"up.txt\"\r\n\r\nmine\r\n--e--\r\n";

  private final List<IsolationRow> rows = new ArrayList<>();

  static List<IsolationRow> rows() {
    var pages = new IsolationPages();
    pages.logins();
    pages.uploads();
    pages.uploadFields();
    pages.linkPages();
    pages.otherPages();
    return pages.rows;
  }

  /** A password is guessed: that of an account and that of nobody take as long. */
  private void logins() {
    for (String line :
        List.of("GET /?{id}&auth=1", "GET /end.pl?xid={report}", "POST /upload.cgi?id={report}")) {
      String address = line.substring(line.indexOf('/')).split("[?]", 2)[0];
      add(new IsolationRow(address, line, "", "").with(IsolationMatrix.GUESS)).by(Caller.NOBODY);
    }
    String fields = field("user", "{email}") + field("pass", "guess12") + FILE;
    add(new IsolationRow("/upload.cgi", "POST /upload.cgi", PARTS, fields)).by(Caller.NOBODY);
  }

  /** Fields that name what is somebody's: whom a file is for counts for guests alone. */
  private void uploadFields() {
    for (String field :
        List.of(
            field("user", "{email}"),
            field("did", "0") + field("user", "{email}"),
            field("did", "{link}"),
            field("did", "{id}"))) {
      add(upload(field)).by(Caller.KEY, Caller.NOBODY, Caller.PASSWORD);
    }
  }

  /** A plain field of an upload. */
  static String field(String name, String value) {
    return HEAD + "\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }

  /** An upload of a file, with fields before it. */
  static IsolationRow upload(String fields) {
    return new IsolationRow("/upload.cgi", "POST /upload.cgi", PARTS, fields + FILE);
  }

  private void uploads() {
    String body = field("did", "{folder}") + FILE;
    add(new IsolationRow("/upload.cgi", "POST /upload.cgi", PARTS, body))
        .by(EnumSet.complementOf(EnumSet.of(Caller.READER)))
        .sees(READ_ONLY, HIDDEN)
        .unlike(WRITABLE);
    // An id is used once, whoever used it; it is told to who has it. Without a file nothing is
    // kept.
    String nothing = field("did", "0") + "--e--\r\n";
    String again = "POST /upload.cgi?id={report}";
    add(new IsolationRow("/upload.cgi", again, PARTS, nothing))
        .by(Caller.KEY, Caller.PASSWORD)
        .conflicts(
            OWN, FOREIGN, READ_ONLY, HIDDEN, UNSHARED, DISABLED, DELETED, LOCKED, RULED, ENDED)
        .conflicts(REMOVED);
    for (String headers : List.of("", "JSON: 1|", "JSON: 2|", "EXPORT: 1|")) {
      add(new IsolationRow("/end.pl", "GET /end.pl?xid={report}", "", "").with(headers))
          .by(Caller.KEY, Caller.PASSWORD)
          .opens(OWN);
      add(new IsolationRow("/end.pl", "GET /end.pl?xid={report}", "", "").with(headers))
          .anybody()
          .by(Caller.NOBODY)
          .opens(OWN, FOREIGN, READ_ONLY, HIDDEN, UNSHARED, LOCKED, RULED, ENDED)
          .tells(DELETED);
    }
  }

  private void linkPages() {
    for (String prefix : List.of("/?", "/en/?")) {
      for (String method : List.of("GET ", "HEAD ")) {
        add(new IsolationRow("/", method + prefix + "{id}", "", ""))
            .anybody()
            .by(READERS)
            .opens(OWN, FOREIGN, READ_ONLY, HIDDEN, UNSHARED)
            .tells(LOCKED)
            .sees(RULED);
      }
    }
    for (String body : List.of("", "pass=guess12", "dlinline=1")) {
      add(new IsolationRow("/", "POST /?{id}", FORM, body))
          .anybody()
          .by(READERS)
          .opens(OWN, FOREIGN, READ_ONLY, HIDDEN, UNSHARED)
          .sees(LOCKED, RULED);
    }
    for (String rest : List.of("", "&e=1", "&pass=guess12", "&inline")) {
      add(new IsolationRow("/", "GET /?{id}&auth=1" + rest, "", ""))
          .by(EnumSet.allOf(Caller.class))
          .opens(OWN, FOREIGN, READ_ONLY, HIDDEN, UNSHARED)
          .sees(LOCKED, RULED);
    }
    add(new IsolationRow("/check_links.pl", "GET /check_links.pl?links[]={link}", "", ""))
        .anybody()
        .by(READERS)
        .opens(OWN, FOREIGN, READ_ONLY, HIDDEN, UNSHARED)
        .tells(LOCKED, RULED);
    add(new IsolationRow(
            "/check_links.pl", "POST /check_links.pl", FORM, "links[]=zz&links[]={link}"))
        .anybody()
        .by(READERS)
        .opens(OWN, FOREIGN, READ_ONLY, HIDDEN, UNSHARED)
        .tells(LOCKED, RULED);
  }

  private void otherPages() {
    for (String query : List.of("", "?json=1", "?json=2", "?e=1", "?pass=guess12")) {
      folder("GET /dir/{dir}" + query, "");
    }
    folder("HEAD /dir/{dir}", "");
    folder("GET /en/dir/{dir}?json=1", "");
    for (String body : List.of("pass=guess12", "pass=guess12&json=1", "pass=guess12&e=1")) {
      folder("POST /dir/{dir}", body);
    }
    add(new IsolationRow("/remove/*", "GET /remove/{id}/Rm7QdRm7QdRm7QdRm7Qd", "", ""))
        .anybody()
        .by(READERS);
    add(new IsolationRow("/remove/*", "POST /remove/{id}/Rm7QdRm7QdRm7QdRm7Qd", FORM, "force=1"))
        .anybody()
        .by(READERS);
    for (String headers : List.of("", "Range: bytes=0-3|", "If-Range: x|Range: bytes=1-|")) {
      for (String method : List.of("GET ", "HEAD ")) {
        add(new IsolationRow("/p*", method + "/p{download}", "", "").with(headers))
            .by(Caller.KEY)
            .opens(OWN, READ_ONLY, HIDDEN);
        // Who has a token needs nothing else, unless the file was changed since.
        add(new IsolationRow("/p*", method + "/p{download}", "", "").with(headers))
            .anybody()
            .by(Caller.NOBODY, Caller.PASSWORD)
            .opens(OWN, FOREIGN, READ_ONLY, HIDDEN);
      }
    }
    Map<String, String> targets =
        Map.of(
            "/", "/?{id}",
            "/dir/*", "/dir/{dir}",
            "/p*", "/p{download}",
            "/end.pl", "/end.pl?xid={report}",
            "/check_links.pl", "/check_links.pl?links[]={link}",
            "/remove/*", "/remove/{id}/Rm7QdRm7QdRm7QdRm7Qd");
    for (String method : List.of("OPTIONS", "PUT", "DELETE", "PATCH", "PROPFIND")) {
      targets.forEach((address, target) ->
          add(new IsolationRow(address, method + " " + target, "", "")).anybody().by(READERS));
    }
  }

  private void folder(String line, String body) {
    add(new IsolationRow("/dir/*", line, body.isEmpty() ? "" : FORM, body))
        .anybody()
        .by(READERS)
        .opens(OWN, FOREIGN, READ_ONLY, HIDDEN, RULED, ENDED)
        .sees(LOCKED);
  }

  private IsolationRow add(IsolationRow row) {
    rows.add(row);
    return row;
  }
}
