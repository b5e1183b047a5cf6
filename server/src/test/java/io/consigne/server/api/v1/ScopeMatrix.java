package io.consigne.server.api.v1;

import static io.consigne.core.accounts.Right.ACCOUNT;
import static io.consigne.core.accounts.Right.DELETE;
import static io.consigne.core.accounts.Right.READ;
import static io.consigne.core.accounts.Right.REMOTE;
import static io.consigne.core.accounts.Right.SHARE;
import static io.consigne.core.accounts.Right.WRITE;

import io.consigne.core.accounts.Right;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What each address asks of a key: the scopes, and what becomes of a thing outside the key's
 * folder. Every address has a row here.
 */
final class ScopeMatrix {
  private static final Set<Right> NONE = EnumSet.noneOf(Right.class);

  private final List<Row> rows = new ArrayList<>();

  static List<Row> rows() {
    var matrix = new ScopeMatrix();
    matrix.reading();
    matrix.changing();
    matrix.sharing();
    matrix.account();
    matrix.remote();
    matrix.pages();
    matrix.keys();
    matrix.rows.addAll(ScopeGuide.rows());
    return matrix.rows;
  }

  private void reading() {
    v1("file/ls.cgi", "{'folder_id':{folder}}", READ);
    v1("folder/ls.cgi", "{'folder_id':{folder}}", READ);
    v1("folder/ls.cgi", "{'folder_id':{folder},'files':1}", READ);
    v1("file/info.cgi", "{'url':'{link}'}", READ);
    v1("file/info.cgi", "{'folder_id':{folder},'filename':'f.txt'}", READ);
    v1("download/get_token.cgi", "{'url':'{link}'}", READ);
    v1("download/get_token.cgi", "{'folder_id':{folder},'filename':'f.txt'}", READ);
    v1("file/ls.cgi", "{'folder_id':-1}", READ).nowhere(200);
    v1("file/scan.cgi", "{'url':'{link}'}", READ).nowhere(501);
  }

  private void changing() {
    v1("file/rm.cgi", "{'files':[{'url':'{link}'}]}", DELETE);
    v1("file/mv.cgi", "{'urls':['{link}'],'destination_folder_id':{inner}}", WRITE);
    // {folder} is public, {spare} is not
    v1("file/mv.cgi", "{'urls':['{spare}'],'destination_folder_id':{folder}}", READ, WRITE);
    v1("file/rename.cgi", "{'urls':[{'url':'{link}','filename':'x'}]}", WRITE);
    v1("file/cp.cgi", "{'urls':['{link}'],'folder_id':{inner}}", READ, WRITE);
    v1("file/cp.cgi", "{'urls':['{spare}'],'folder_id':{folder}}", READ, WRITE);
    v1("file/chattr.cgi", "{'urls':['{link}'],'inline':1}", WRITE);
    v1("folder/mkdir.cgi", "{'folder_id':{folder},'name':'new{sub}'}", WRITE);
    v1("folder/mv.cgi", "{'folder_id':{sub},'rename':'named{sub}'}", WRITE);
    v1("folder/mv.cgi", "{'folder_id':{sub},'destination_folder_id':{inner}}", WRITE);
    v1("folder/mv.cgi", "{'folder_id':{sparefolder},'destination_folder_id':{folder}}", WRITE);
    v1("folder/rm.cgi", "{'folder_id':{sub}}", DELETE);
  }

  private void sharing() {
    v1("folder/share.cgi", "{'folder_id':{sub},'share':1}", SHARE);
    v1("folder/share.cgi", "{'folder_id':{sub},'shares':[{'email':'bob@example.org'}]}", SHARE);
    v1("folder/leave.cgi", "{'folder_id':{sub}}", SHARE).answers(409);
    v1("file/chattr.cgi", "{'urls':['{link}'],'acl':{'premium':1}}", SHARE);
    v1("file/chattr.cgi", "{'urls':['{link}'],'acl':{'premium':1},'inline':1}", WRITE, SHARE);
  }

  private void account() {
    v1("user/info.cgi", "{}", ACCOUNT).nowhere(200);
    v1("user/info.cgi", "{'page_limit':20}", ACCOUNT).who(Who.WHOLE);
    for (String path : List.of("ftp/users/add", "ftp/users/ls", "ftp/users/rm")) {
      v1(path + ".cgi", "{}", ACCOUNT).nowhere(501);
    }
    v1("ftp/process.cgi", "{}", WRITE).nowhere(501);
    for (String path : List.of("check", "ls", "use")) {
      v1("vouchers/" + path + ".cgi", "{}", ACCOUNT).nowhere(501);
    }
    v1("capabilities.cgi", "{}").nowhere(200);
    v1("audit.cgi", "{'count':1}", ACCOUNT).who(Who.WHOLE);
  }

  private void remote() {
    String source = "'urls':['https://source.example.org/a']";
    v1("remote/request.cgi", "{" + source + ",'folder_id':{folder}}", REMOTE, WRITE);
    v1("remote/ls.cgi", "{}", REMOTE).nowhere(200);
    v1("remote/info.cgi", "{'id':{request}}", REMOTE);
    v1("remote/cancel.cgi", "{'id':{request}}", REMOTE);
    v1("remote/retry.cgi", "{'id':{cancelled}}", REMOTE, WRITE);
  }

  private void pages() {
    String part = "--e\r\nContent-Disposition: form-data; name=";
    String body =
        part
            + "\"did\"\r\n\r\n{folder}\r\n"
            + part
            + "\"file[]\"; filename=\"up.txt\"\r\n\r\nmine\r\n--e--\r\n";
    add(row("/upload.cgi", "POST /upload.cgi", WRITE).with("multipart/form-data; boundary=e", body))
        .nowhere(302);
    add(row("/end.pl", "GET /end.pl?xid={report}&JSON=1", WRITE));
    add(row("/", "GET /?{id}&auth=1&e=1", READ));
    add(row("/", "GET /?{id}", READ));
    add(row("/", "POST /?{id}", READ).with("application/x-www-form-urlencoded", "dl=1"))
        .answers(302);
    add(row("/p*", "GET /p{token}").who(Who.TOKEN));
    add(row("/check_links.pl", "GET /check_links.pl?links[]={link}").who(Who.ANYBODY));
    add(row("/dir/*", "GET /dir/{dir}?json=1").who(Who.ANYBODY));
    add(row("/remove/*", "GET /remove/{id}/Rm7QdRm7QdRm7QdRm7Qd").who(Who.ANYBODY)).answers(404);
    v1("upload/get_upload_server.cgi", "{}").who(Who.ANYBODY);
  }

  private void keys() {
    add(row("/v1/key/verify.cgi", "GET /v1/key/verify.cgi").who(Who.KNOWN));
    v1("key/report.cgi", "{'key':'csg_none'}").who(Who.ANYBODY);
    v1("key/add.cgi", "{'name':'{name}','scopes':['read']}").who(Who.MASTER);
    v1("key/ls.cgi", "{}").who(Who.MASTER);
    v1("key/set.cgi", "{'key':'victim','rate':5}").who(Who.MASTER);
    v1("key/rotate.cgi", "{'key':'victim','overlap':'1h'}").who(Who.MASTER);
    v1("key/revoke.cgi", "{'key':'{doomed}'}").who(Who.MASTER);
    v1("key/regenerate.cgi", "{}").who(Who.MASTER);
    v1("webhook/add.cgi", "{'url':'https://receiver.example.org/'}").who(Who.MASTER);
    v1("webhook/ls.cgi", "{}").who(Who.MASTER);
    v1("webhook/log.cgi", "{}").who(Who.MASTER);
    v1("webhook/test.cgi", "{'id':{webhook}}").who(Who.MASTER);
    v1("webhook/rm.cgi", "{'id':{webhook}}").who(Who.MASTER);
  }

  private Row v1(String path, String body, Right... needs) {
    return add(
        row("/v1/" + path, "POST /v1/" + path, needs)
            .with("application/json", body.replace('\'', '"')));
  }

  private static Row row(String address, String line, Right... needs) {
    Set<Right> all = EnumSet.copyOf(NONE);
    all.addAll(List.of(needs));
    return new Row(address, line, all);
  }

  private Row add(Row row) {
    rows.add(row);
    return row;
  }

  /** Whom an address serves. */
  enum Who {
    /** Keys with the scopes. */
    SCOPED,
    /** Keys with the scopes that see the whole account. */
    WHOLE,
    /** Only the master key and the password. */
    MASTER,
    /** Every key that was ever made, good or not. */
    KNOWN,
    /** The holder of a token that the key was given. */
    TOKEN,
    /** Everybody: no key is looked at. */
    ANYBODY
  }

  /** One request. */
  static final class Row {
    final String address;
    final Set<Right> needs;
    private final String line;
    private String type = "";
    private String body = "";
    private Who who = Who.SCOPED;
    private int success = 200;
    private boolean nowhere;
    private int unknown = 401;

    Row(String address, String line, Set<Right> needs) {
      this.address = address;
      this.line = line;
      this.needs = needs;
    }

    Row with(String newType, String newBody) {
      type = newType;
      body = newBody;
      return this;
    }

    private Row who(Who all) {
      who = all;
      return this;
    }

    private Row answers(int status) {
      success = status;
      return this;
    }

    /** It names nothing that could be outside, or goes to the key's root then. */
    Row nowhere(int status) {
      nowhere = true;
      return answers(status);
    }

    Who who() {
      return who;
    }

    /** It is the guide's, which has words of its own for a key that is none. */
    Row ofGuide() {
      unknown = 400;
      return this;
    }

    int success() {
      return success;
    }

    /** The status if the key is none. */
    int unknown() {
      return unknown;
    }

    /** Whether the folder of the key makes a difference. */
    boolean named() {
      return !nowhere;
    }

    /** Whether it may change what it names. */
    boolean changes() {
      return who == Who.MASTER || !(needs.isEmpty() || needs.equals(EnumSet.of(READ)));
    }

    String line(ScopeStage.Names names) {
      return names.fill(line);
    }

    String headers() {
      return type.isEmpty() ? "" : "Content-Type: " + type + "|";
    }

    String body(ScopeStage.Names names) {
      return names.fill(body);
    }

    @Override
    public String toString() {
      return line + " " + body;
    }
  }
}
