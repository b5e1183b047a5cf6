package io.consigne.server.api.v1;

import static io.consigne.server.api.v1.IsolationTarget.FOREIGN;
import static io.consigne.server.api.v1.IsolationTarget.HIDDEN;
import static io.consigne.server.api.v1.IsolationTarget.LOCKED;
import static io.consigne.server.api.v1.IsolationTarget.OWN;
import static io.consigne.server.api.v1.IsolationTarget.READ_ONLY;
import static io.consigne.server.api.v1.IsolationTarget.RULED;
import static io.consigne.server.api.v1.IsolationTarget.UNSHARED;
import static io.consigne.server.api.v1.IsolationTarget.WRITABLE;

import io.consigne.server.api.v1.IsolationStage.Caller;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The part of the matrix about the guide's addresses. */
final class IsolationGuide {
  private static final Set<Caller> CALLERS =
      EnumSet.of(
          Caller.KEY,
          Caller.CONFINED,
          Caller.READER,
          Caller.NOBODY,
          Caller.DEAD_KEY,
          Caller.CLOSED_KEY);
  private static final Set<Caller> WITHOUT_ROOM =
      EnumSet.of(Caller.KEY, Caller.NOBODY, Caller.DEAD_KEY, Caller.CLOSED_KEY);
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String PART = "--e\r\nContent-Disposition: form-data; name=";

  private final List<IsolationRow> rows = new ArrayList<>();

  static List<IsolationRow> rows() {
    var guide = new IsolationGuide();
    guide.byFolder();
    guide.byLink();
    guide.ofNothing();
    guide.uploads();
    return guide.rows;
  }

  private void byFolder() {
    get("folder/list.cgi", "folder_id={folder}").opens(OWN, READ_ONLY, HIDDEN);
    for (String path : List.of("folder/list.cgi", "file/ls.cgi")) {
      post(path, "folder_id={folder}").opens(OWN, READ_ONLY, HIDDEN);
    }
    for (String path : List.of("folder/create.cgi", "folder/add.cgi")) {
      get(path, "name=x&folder_id={folder}").opens(OWN).sees(READ_ONLY, HIDDEN).lets();
      post(path, "name=x&folder_id={folder}").opens(OWN).sees(READ_ONLY, HIDDEN).lets();
    }
    written("file/move.cgi", "url={spare}&folder_id={folder}").opens(OWN).lets();
    written("file/delete.cgi", "folder_id={folder}").conflicts(OWN, WRITABLE);
    for (String path : List.of("remote/remote.cgi", "upload/add_url.cgi")) {
      written(path, "url=https://source.example.org/a&folder_id={folder}").opens(OWN).lets();
    }
  }

  private void byLink() {
    for (String path :
        List.of("download/save.cgi", "download/get_token.cgi", "link/get_link.cgi")) {
      opened(get(path, "url={link}"));
      opened(post(path, "url={link}&pass=guess12"));
    }
    opened(post("file/info.cgi", "url={link}"));
    opened(post("file/info.cgi", "url={link}&pass=guess12"));
    post("file/delete.cgi", "url={link}").opens(OWN).sees(READ_ONLY).lets();
    post("file/rename.cgi", "url={link}&filename=x").opens(OWN).sees(READ_ONLY).lets();
    post("file/move.cgi", "url={link}&folder_id={sparefolder}").opens(OWN).sees(READ_ONLY).lets();
  }

  private static void opened(IsolationRow row) {
    row.opens(OWN, FOREIGN, READ_ONLY, HIDDEN, UNSHARED).sees(LOCKED, RULED);
  }

  private void ofNothing() {
    get("user/info.cgi", "user={email}").by(WITHOUT_ROOM).opens(OWN);
    post("user/info.cgi", "user={email}&email={email}").by(WITHOUT_ROOM).opens(OWN);
    post("upload/get_upload_server.cgi", "user={email}&url={link}");
  }

  /** A folder that is not there is none; the file is kept in the root. */
  private void uploads() {
    String body =
        PART
            + "\"folder\"\r\n\r\n{folder}\r\n"
            + PART
            + "\"file\"; filename=\"up.txt\"\r\n\r\nmine\r\n--e--\r\n";
    Set<Caller> known = EnumSet.of(Caller.KEY, Caller.CONFINED, Caller.DEAD_KEY, Caller.CLOSED_KEY);
    add("upload.cgi", "POST /upload.cgi", "multipart/form-data; boundary=e", body)
        .by(known) // without a key it is 1fichier's
        .keeps()
        .sees(READ_ONLY, HIDDEN)
        .unlike(WRITABLE);
    add("upload/upload.cgi", "POST /upload/upload.cgi", "multipart/form-data; boundary=e", body)
        .keeps()
        .sees(READ_ONLY, HIDDEN)
        .unlike(WRITABLE);
  }

  /** A change in a folder: who may read it sees that it is not allowed. */
  private IsolationRow written(String path, String body) {
    return post(path, body).sees(READ_ONLY, HIDDEN);
  }

  private IsolationRow get(String path, String parameters) {
    return add(path, "GET /" + path + "?" + parameters, "", "");
  }

  private IsolationRow post(String path, String parameters) {
    return add(path, "POST /" + path, FORM, parameters);
  }

  private IsolationRow add(String path, String line, String type, String body) {
    String address = line.substring(0, line.indexOf(' ')) + " /" + path;
    IsolationRow row = new IsolationRow(address, line, type, body).ofGuide().by(CALLERS);
    rows.add(row);
    return row;
  }
}
