package io.consigne.server.api.v1;

import static io.consigne.core.accounts.Right.ACCOUNT;
import static io.consigne.core.accounts.Right.DELETE;
import static io.consigne.core.accounts.Right.READ;
import static io.consigne.core.accounts.Right.REMOTE;
import static io.consigne.core.accounts.Right.WRITE;

import io.consigne.core.accounts.Right;
import io.consigne.server.api.v1.ScopeMatrix.Row;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The part of the table about the guide: it asks of a key what 1fichier's API asks of it. */
final class ScopeGuide {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final List<Row> rows = new ArrayList<>();

  static List<Row> rows() {
    var guide = new ScopeGuide();
    guide.reading();
    guide.changing();
    guide.account();
    guide.uploads();
    return guide.rows;
  }

  private void reading() {
    for (String path :
        List.of("download/save.cgi", "download/get_token.cgi", "link/get_link.cgi")) {
      either(path, "url={link}", READ);
    }
    either("folder/list.cgi", "folder_id={folder}", READ);
    post("file/ls.cgi", "folder_id={folder}", READ);
    post("file/info.cgi", "url={link}", READ);
  }

  private void changing() {
    for (String path : List.of("folder/create.cgi", "folder/add.cgi")) {
      either(path, "name=new{sub}&folder_id={folder}", WRITE);
    }
    post("file/delete.cgi", "url={link}", DELETE);
    post("file/delete.cgi", "folder_id={sub}", DELETE);
    post("file/rename.cgi", "url={link}&filename=x", WRITE);
    post("file/move.cgi", "url={link}&folder_id={inner}", WRITE);
    // {folder} is public, {spare} is not
    post("file/move.cgi", "url={spare}&folder_id={folder}", READ, WRITE);
  }

  private void account() {
    get("user/info.cgi", "x=1", ACCOUNT).nowhere(200);
    post("user/info.cgi", "x=1", ACCOUNT).nowhere(200);
    post("upload/get_upload_server.cgi", "x=1").nowhere(200);
    for (String path : List.of("remote/remote.cgi", "upload/add_url.cgi")) {
      post(path, "url=https://source.example.org/a&folder_id={folder}", REMOTE, WRITE);
    }
  }

  /** Without the folder that it names a file is kept all the same, in the root of the key. */
  private void uploads() {
    String part = "--e\r\nContent-Disposition: form-data; name=";
    String body =
        part
            + "\"folder\"\r\n\r\n{folder}\r\n"
            + part
            + "\"file\"; filename=\"up.txt\"\r\n\r\nmine\r\n--e--\r\n";
    for (String path : List.of("upload.cgi", "upload/upload.cgi")) {
      add(path, "POST /" + path, WRITE).with("multipart/form-data; boundary=e", body).nowhere(200);
    }
  }

  private void either(String path, String parameters, Right... needs) {
    get(path, parameters, needs);
    post(path, parameters, needs);
  }

  private Row get(String path, String parameters, Right... needs) {
    return add(path, "GET /" + path + "?" + parameters, needs);
  }

  private Row post(String path, String parameters, Right... needs) {
    return add(path, "POST /" + path, needs).with(FORM, parameters);
  }

  private Row add(String path, String line, Right... needs) {
    Set<Right> all = EnumSet.noneOf(Right.class);
    all.addAll(List.of(needs));
    String address = line.substring(0, line.indexOf(' ')) + " /" + path;
    Row row = new Row(address, line, all).ofGuide();
    rows.add(row);
    return row;
  }
}
