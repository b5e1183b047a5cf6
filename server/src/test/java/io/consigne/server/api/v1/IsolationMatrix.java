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
import java.util.Set;

/**
 * Every way to name something of an account, at every address. What is not named in a row is
 * answered as if it did not exist.
 */
final class IsolationMatrix {
  /** A guess at the password of an account. */
  static final String GUESS = "Authorization: Basic {login}|";

  private static final Set<Caller> CALLERS_OF_V1 =
      EnumSet.of(
          Caller.KEY,
          Caller.CONFINED,
          Caller.READER,
          Caller.NOBODY,
          Caller.DEAD_KEY,
          Caller.CLOSED_KEY);

  /** Without the keys that do not serve for what is the account's own. */
  private static final Set<Caller> WITHOUT_ROOM =
      EnumSet.of(Caller.KEY, Caller.NOBODY, Caller.DEAD_KEY, Caller.CLOSED_KEY);

  private final List<IsolationRow> rows = new ArrayList<>();

  static List<IsolationRow> rows() {
    var matrix = new IsolationMatrix();
    matrix.byFolder();
    matrix.byLink();
    matrix.changesByLink();
    matrix.byEmail();
    matrix.ofNothing();
    matrix.remote();
    matrix.keys();
    matrix.rows.addAll(IsolationPages.rows());
    matrix.rows.addAll(IsolationGuide.rows());
    return matrix.rows;
  }

  private void byFolder() {
    for (String path : List.of("file/ls.cgi", "folder/ls.cgi")) {
      v1(path, "{'folder_id':{folder}}").opens(OWN, READ_ONLY, HIDDEN);
    }
    v1("folder/ls.cgi", "{'folder_id':{folder},'files':1}").opens(OWN, READ_ONLY, HIDDEN);
    for (String path : List.of("file/info.cgi", "download/get_token.cgi")) {
      v1(path, "{'folder_id':{folder},'filename':'{file}'}").opens(OWN, READ_ONLY, HIDDEN);
      v1(path, "{'folder_id':{folder},'filename':'{file}','pass':'guess12'}")
          .opens(OWN, READ_ONLY, HIDDEN);
    }
    written("file/mv.cgi", "{'urls':['{spare}'],'destination_folder_id':{folder}}")
        .opens(OWN)
        .lets();
    written("file/cp.cgi", "{'urls':['{spare}'],'folder_id':{folder}}").opens(OWN).lets();
    written("folder/mkdir.cgi", "{'folder_id':{folder},'name':'x'}").opens(OWN).lets();
    written("folder/mv.cgi", "{'folder_id':{folder},'rename':'x{folder}'}").opens(OWN).lets();
    written("folder/mv.cgi", "{'folder_id':{sparefolder},'destination_folder_id':{folder}}")
        .opens(OWN)
        .conflicts(WRITABLE);
    written("folder/rm.cgi", "{'folder_id':{folder}}").conflicts(OWN, WRITABLE);
    written("folder/share.cgi", "{'folder_id':{folder},'share':0}").opens(OWN);
    written("folder/share.cgi", "{'folder_id':{folder},'share':1,'pass':'secret6'}").opens(OWN);
    written("folder/share.cgi", "{'folder_id':{folder},'shares':[{'email':'other@example.org'}]}")
        .opens(OWN);
    written("folder/leave.cgi", "{'folder_id':{folder}}").conflicts(OWN);
  }

  /** What a link opens, to whoever has it. */
  private void byLink() {
    for (String body : List.of("{'url':'{link}'}", "{'url':'{link}','pass':'guess12'}")) {
      for (String path : List.of("file/info.cgi", "download/get_token.cgi")) {
        v1(path, body).opens(OWN, FOREIGN, READ_ONLY, HIDDEN, UNSHARED).sees(LOCKED, RULED);
      }
    }
    for (String body :
        List.of(
            "{'urls':['{link}'],'rename':'x'}",
            "{'urls':['{link}'],'rename':'x','pass':'guess12'}")) {
      v1("file/cp.cgi", body).opens(OWN, FOREIGN, READ_ONLY, HIDDEN, UNSHARED).sees(LOCKED, RULED);
    }
  }

  private void changesByLink() {
    String home = "'destination_folder_id':{sparefolder}";
    v1("file/rm.cgi", "{'files':[{'url':'{link}'}]}").opens(OWN).sees(READ_ONLY).lets();
    v1("file/rm.cgi", "{'files':[{'url':'{link}','code':'Rm7QdRm7QdRm7QdRm7Qd'}]}");
    v1("file/mv.cgi", "{'urls':['{link}']," + home + "}").opens(OWN).sees(READ_ONLY).lets();
    v1("file/mv.cgi", "{'urls':['{spare}','{link}']," + home + "}")
        .opens(OWN)
        .sees(READ_ONLY)
        .lets();
    v1("file/rename.cgi", "{'urls':[{'url':'{link}','filename':'x'}]}")
        .opens(OWN)
        .sees(READ_ONLY)
        .lets();
    for (String change :
        List.of("'inline':1", "'description':'x'", "'filename':'x'", "'no_ssl':1,'cdn':1")) {
      v1("file/chattr.cgi", "{'urls':['{link}']," + change + "}").opens(OWN).sees(READ_ONLY).lets();
    }
    for (String change : List.of("'pass':'secret6'", "'acl':{'premium':1}")) {
      v1("file/chattr.cgi", "{'urls':['{link}']," + change + "}").opens(OWN).sees(READ_ONLY);
    }
  }

  /** The root of an account, which an e-mail names; the root of some accounts is shared. */
  private void byEmail() {
    String root = "'folder_id':0,'sharing_user':'{email}'";
    v1("file/ls.cgi", "{" + root + "}").opens(OWN, READ_ONLY, HIDDEN);
    v1("folder/ls.cgi", "{" + root + "}").opens(OWN, READ_ONLY, HIDDEN);
    for (String path : List.of("file/info.cgi", "download/get_token.cgi")) {
      v1(path, "{" + root + ",'filename':'{file}'}").opens(OWN, READ_ONLY, HIDDEN);
    }
    written(
            "file/mv.cgi",
            "{'urls':['{spare}'],'destination_folder_id':0," + "'destination_user':'{email}'}")
        .opens(OWN)
        .lets();
    written("file/cp.cgi", "{'urls':['{spare}'],'sharing_user':'{email}'}").opens(OWN).lets();
    written("folder/mkdir.cgi", "{'name':'x','sharing_user':'{email}'}").opens(OWN).lets();
    written("folder/mv.cgi", "{'folder_id':{sparefolder},'destination_user':'{email}'}")
        .opens(OWN)
        .conflicts(WRITABLE);
    written("folder/share.cgi", "{" + root + ",'share':0}").opens(OWN);
    written("folder/rm.cgi", "{" + root + "}").sees(OWN);
    // Nothing can be shared with nobody; an account that is closed may open again.
    v1("folder/share.cgi", "{'folder_id':{sparefolder},'shares':[{'email':'{email}'}]}")
        .by(WITHOUT_ROOM)
        .tells(FOREIGN, READ_ONLY, HIDDEN, UNSHARED, DISABLED, DELETED, LOCKED, RULED, ENDED)
        .conflicts(OWN, REMOVED);
  }

  /** Addresses that name nothing of anybody: their answers are the same whatever there is. */
  private void ofNothing() {
    for (String path : NotOffered.routes().keySet()) {
      v1(path, "{'url':'{link}','folder_id':{folder},'email':'{email}'}");
    }
    v1("capabilities.cgi", "{'user':'{email}'}");
    // Without the lines about what she tried before, which name what she named.
    v1("audit.cgi", "{'account':'{email}','folder_id':{folder},'since':'9999-01-01T00:00:00Z'}");
    v1("key/report.cgi", "{'key':'csg_none','account':'{email}'}").anybody();
    v1("user/info.cgi", "{'email':'{email}','user':'{email}'}").by(WITHOUT_ROOM).opens(OWN);
    v1("file/ls.cgi", "{'folder_id':-1}").opens(OWN);
    v1("upload/get_upload_server.cgi", "{'user':'{email}'}").anybody();
  }

  private void remote() {
    String source = "'urls':['https://source.example.org/a']";
    written("remote/request.cgi", "{" + source + ",'folder_id':{folder}}").opens(OWN).lets();
    written("remote/request.cgi", "{" + source + ",'sharing_user':'{email}'}").opens(OWN).lets();
    v1("remote/info.cgi", "{'id':{request}}").opens(OWN);
    v1("remote/retry.cgi", "{'id':{request}}").conflicts(OWN);
    v1("remote/cancel.cgi", "{'id':{request}}").opens(OWN);
    v1("remote/ls.cgi", "{'id':{request},'user':'{email}'}").opens(OWN);
  }

  private void keys() {
    v1("key/add.cgi", "{'name':'k{folder}','scopes':['read'],'folder_id':{folder}}").opens(OWN);
    v1("key/set.cgi", "{'key':'{email}','folder_id':{folder}}");
    v1("key/rotate.cgi", "{'key':'{email}'}");
    v1("key/revoke.cgi", "{'key':'{email}'}");
    for (String key : List.of("'key':'{key}'", "'key':'{keyname}'")) {
      ofKey("key/set.cgi", "{" + key + ",'rate':5}");
      ofKey("key/set.cgi", "{" + key + ",'name':'k{key}'}");
      ofKey("key/rotate.cgi", "{" + key + "}");
      ofKey("key/rotate.cgi", "{" + key + ",'overlap':'1h'}");
      ofKey("key/revoke.cgi", "{" + key + "}");
    }
    v1("key/set.cgi", "{'key':'{key}','folder_id':{folder}}").opens(OWN);
    v1("key/ls.cgi", "{'user':'{email}','days':0}").opens(OWN);
    v1("key/ls.cgi", "{}").with(GUESS).by(Caller.NOBODY);
    v1("key/regenerate.cgi", "{'user':'{email}'}")
        .by(Caller.NOBODY, Caller.DEAD_KEY, Caller.CLOSED_KEY);
    v1("webhook/add.cgi", "{'url':'ftp://h/','events':['fetch.done'],'user':'{email}'}");
    v1("webhook/ls.cgi", "{'id':{webhook},'user':'{email}'}").opens(OWN);
    v1("webhook/log.cgi", "{'id':{webhook},'user':'{email}'}").opens(OWN);
    v1("webhook/test.cgi", "{'id':{webhook}}").opens(OWN);
    v1("webhook/rm.cgi", "{'id':{webhook}}").opens(OWN);
    String verify = "GET /v1/key/verify.cgi?user={email}";
    add(new IsolationRow("/v1/key/verify.cgi", verify, "", "")).by(Caller.NOBODY);
    add(new IsolationRow("/v1/key/verify.cgi", verify, "", ""))
        .anybody()
        .by(Caller.KEY, Caller.DEAD_KEY, Caller.CLOSED_KEY);
  }

  private void ofKey(String path, String body) {
    v1(path, body)
        .by(Caller.KEY, Caller.PASSWORD, Caller.NOBODY, Caller.DEAD_KEY, Caller.CLOSED_KEY)
        .opens(OWN);
  }

  private IsolationRow v1(String path, String body) {
    String json = body.replace('\'', '"');
    return add(new IsolationRow("/v1/" + path, "POST /v1/" + path, "application/json", json))
        .by(CALLERS_OF_V1);
  }

  /** A change in a folder: who may read it sees that it is not allowed. */
  private IsolationRow written(String path, String body) {
    return v1(path, body).sees(READ_ONLY, HIDDEN);
  }

  private IsolationRow add(IsolationRow row) {
    rows.add(row);
    return row;
  }
}
