package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.spec.Answer;
import io.consigne.spec.Request;
import io.consigne.spec.RequestBody;
import io.consigne.spec.Scenario;
import io.consigne.spec.Scenario.Account;
import io.consigne.spec.Scenario.GivenFile;
import io.consigne.spec.Scenario.GivenFolder;
import io.consigne.spec.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is missing, what belongs to another and what may not be known are answered byte for byte
 * alike, headers included, wherever an id, an address or an e-mail is taken.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireIsolationTest {
  private static final String MISSING_LINK = "https://1fichier.com/?zzzzzzzzzzzzzzzzzzzz";

  private final WireClient client = new WireClient();
  private TestHost host;
  private Stage stage;

  @BeforeAll
  void setStage(@TempDir Path data) throws IOException {
    host = TestHost.sqlite(data, false);
    stage = Stage.set(scenario(), host, client);
    share("[{\"email\":\"{email:mallory}\"}]", "closed");
    share("[]", "closed");
    share("[{\"email\":\"{email:mallory}\",\"hide_links\":1}]", "hidden");
    call("alice", "file/rm.cgi", "{\"files\":[{\"url\":\"{origin}/?{id:removed}\"}]}");
  }

  /** Alice has everything, Mallory asks. */
  private static Scenario scenario() {
    return new Scenario(
        "isolation",
        "isolation",
        "docs/wire-v1.md",
        false,
        List.of(account("alice"), account("mallory")),
        List.of(
            new GivenFolder("foreign", "alice", "", "Foreign"),
            new GivenFolder("closed", "alice", "", "Closed"),
            new GivenFolder("hidden", "alice", "", "Hidden"),
            new GivenFolder("own", "mallory", "", "Own")),
        List.of(
            new GivenFile("foreign", "alice", "foreign", "f.txt", "foreign"),
            new GivenFile("hidden", "alice", "hidden", "h.txt", "hidden"),
            new GivenFile("removed", "alice", "", "r.txt", "removed"),
            new GivenFile("own", "mallory", "own", "o.txt", "own")),
        List.of());
  }

  private static Account account(String name) {
    return new Account(name, "premium", false, -1);
  }

  @AfterAll
  void closeHost() {
    client.close();
    host.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "file/ls.cgi         | {'folder_id':FOLDER}",
        "file/info.cgi       | {'folder_id':FOLDER,'filename':'f.txt'}",
        "file/mv.cgi         | {'urls':['{origin}/?{id:own}'],'destination_folder_id':FOLDER}",
        "file/cp.cgi         | {'urls':['{origin}/?{id:own}'],'folder_id':FOLDER}",
        "folder/ls.cgi       | {'folder_id':FOLDER,'files':1}",
        "folder/mkdir.cgi    | {'folder_id':FOLDER,'name':'x'}",
        "folder/mv.cgi       | {'folder_id':FOLDER,'rename':'x'}",
        "folder/mv.cgi       | {'folder_id':'{int:own}','destination_folder_id':FOLDER}",
        "folder/rm.cgi       | {'folder_id':FOLDER}",
        "folder/share.cgi    | {'folder_id':FOLDER,'share':1}",
        "download/get_token.cgi | {'folder_id':FOLDER,'filename':'f.txt'}",
      })
  void folder_missingForeignOrClosed_isAlike(String path, String json) {
    String missing = asked(path, json.replace("FOLDER", "999999999"));
    assertThat(missing).startsWith("404 ").contains("Resource not found #469");
    assertThat(asked(path, json.replace("FOLDER", "'{int:foreign}'"))).isEqualTo(missing);
    assertThat(asked(path, json.replace("FOLDER", "'{int:closed}'"))).isEqualTo(missing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "file/rm.cgi     | {'files':[{'url':'LINK'}]}",
        "file/rm.cgi     | {'files':[{'url':'LINK','code':'Rm7Qd'}]}",
        "file/mv.cgi     | {'urls':['LINK'],'destination_folder_id':0}",
        "file/rename.cgi | {'urls':[{'url':'LINK','filename':'x'}]}",
        "file/chattr.cgi | {'urls':['LINK'],'inline':1}",
        "file/chattr.cgi | {'urls':['LINK'],'pass':'secret6'}",
      })
  void file_missingForeignRemovedOrHidden_isAlike(String path, String json) {
    String missing = asked(path, json.replace("LINK", MISSING_LINK));
    assertThat(missing).startsWith("404 ").contains("Resource not found #469");
    for (String other : List.of("foreign", "removed", "hidden")) {
      assertThat(asked(path, json.replace("LINK", "{origin}/?{id:" + other + "}")))
          .as(other)
          .isEqualTo(missing);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "file/info.cgi          | {'url':'LINK'}",
        "file/cp.cgi            | {'urls':['LINK']}",
        "download/get_token.cgi | {'url':'LINK'}",
      })
  void link_missingOrRemoved_isAlike(String path, String json) {
    String missing = asked(path, json.replace("LINK", MISSING_LINK));
    assertThat(missing).startsWith("404 ").contains("Resource not found #469");
    assertThat(asked(path, json.replace("LINK", "{origin}/?{id:removed}"))).isEqualTo(missing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "file/ls.cgi            | {'folder_id':0,'sharing_user':'EMAIL'}",
        "file/info.cgi          | {'folder_id':0,'filename':'f.txt','sharing_user':'EMAIL'}",
        "file/mv.cgi            | {'urls':['{origin}/?{id:own}'],'destination_folder_id':0,"
            + "'destination_user':'EMAIL'}",
        "file/cp.cgi            | {'urls':['{origin}/?{id:own}'],'sharing_user':'EMAIL'}",
        "folder/ls.cgi          | {'sharing_user':'EMAIL'}",
        "folder/mkdir.cgi       | {'name':'x','sharing_user':'EMAIL'}",
        "folder/mv.cgi          | {'folder_id':'{int:own}','destination_user':'EMAIL'}",
        "folder/share.cgi       | {'folder_id':0,'share':1,'sharing_user':'EMAIL'}",
        "folder/rm.cgi          | {'folder_id':0,'sharing_user':'EMAIL'}",
        "download/get_token.cgi | {'folder_id':0,'filename':'f.txt','sharing_user':'EMAIL'}",
      })
  void account_missingOrNotSharing_isAlike(String path, String json) {
    String missing = asked(path, json.replace("EMAIL", "nobody@example.org"));
    assertThat(missing).startsWith("404 ").contains("Resource not found #469");
    assertThat(asked(path, json.replace("EMAIL", "{email:alice}"))).isEqualTo(missing);
  }

  @Test
  void publicAddress_missingForeignOrRemoved_isAlike() {
    assertThat(page("/?{id:removed}")).isEqualTo(page("/?zzzzzzzzzzzzzzzzzzzz"));
    assertThat(page("/remove/{id:foreign}/code"))
        .startsWith("404 ")
        .isEqualTo(page("/remove/zzzzzzzzzzzzzzzzzzzz/code"))
        .isEqualTo(page("/remove/{id:removed}/code"));
  }

  private void share(String shares, String folder) {
    call(
        "alice",
        "folder/share.cgi",
        "{\"folder_id\":\"{int:%s}\",\"shares\":%s}".formatted(folder, shares));
  }

  private void call(String account, String path, String json) {
    Answer answer = stage.call(account, path, json);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  /** What Mallory is answered. */
  private String asked(String path, String json) {
    return shown(stage.call("mallory", path, json.replace('\'', '"')));
  }

  private String page(String target) {
    return shown(
        stage.send(new Request("GET", Template.parse(target), Map.of(), new RequestBody.None())));
  }

  /** The whole answer, but for the time. */
  private static String shown(Answer answer) {
    var headers = new TreeMap<>(answer.headers());
    headers.remove("date");
    return answer.status() + " " + headers + "\n" + answer.body();
  }
}
