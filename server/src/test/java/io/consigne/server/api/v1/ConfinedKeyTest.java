package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Plan;
import io.consigne.core.accounts.Right;
import io.consigne.core.ids.FolderId;
import io.consigne.core.keys.KeyWish;
import io.consigne.core.tree.AttributeChange.PasswordChange;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.FolderSharing;
import io.consigne.core.tree.Share;
import io.consigne.core.uploads.UploadReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A key of one folder with every scope does not reach outside, whatever it tries. */
class ConfinedKeyTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ScopeStage stage;
  private String secret;
  private Access bob;
  private String in;
  private String out;
  private String bobs;
  private FolderId shared;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    stage = new ScopeStage(folder);
    List<String> all = Arrays.stream(Right.values()).map(Right::word).toList();
    secret = stage.key(new KeyWish("room", all, "/Room", null, null, null)).secret().reveal();
    bob = stage.host.account("robert@example.org");
    in = link(stage.upload(stage.room, "in.txt"));
    out = link(stage.upload(stage.outside, "out.txt"));
    shared = stage.domain.folders().make(bob, FolderRef.ROOT, new FileName("Bobs")).id();
    bobs = link(stage.upload(bob, FolderRef.of(shared), "bobs.txt"));
    var share = List.of(new Share(ScopeStage.ALICE, true, false));
    stage
        .domain
        .sharing()
        .change(
            bob, FolderRef.of(shared), new FolderSharing.Change(null, PasswordChange.KEEP, share));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private static String link(UploadReport report) {
    return report.kept().getFirst().link().value();
  }

  private String send(String line, String type, String body) {
    String content = type.isEmpty() ? "" : "Content-Type: " + type + "|";
    return RawCall.send(stage.host.port(), line, content + ScopeStage.bearer(secret), body);
  }

  private String call(String path, String body) {
    return send("POST /v1/" + path, "application/json", filled(body));
  }

  private String filled(String body) {
    return body.replace('\'', '"')
        .replace("{out}", "http://h/?" + out)
        .replace("{in}", "http://h/?" + in)
        .replace("{bobs}", "http://h/?" + bobs)
        .replace("{shared}", Long.toString(shared.value()))
        .replace("{outside}", Long.toString(stage.outside.value()))
        .replace("{top}", Long.toString(stage.alice.root().value()));
  }

  private static JsonNode json(String answer) {
    return JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n")));
  }

  private void refused(String path, String body) {
    String answer = call(path, body);
    assertThat(RawCall.status(answer)).as("%s %s: %s", path, body, answer).isEqualTo(404);
  }

  @Test
  void everyWayOut_byLinkFolderAndShare_isNotFound() {
    String before = stage.state();
    for (String link : List.of("{out}", "{bobs}")) {
      refused("file/info.cgi", "{'url':'" + link + "'}");
      refused("download/get_token.cgi", "{'url':'" + link + "'}");
      refused("file/cp.cgi", "{'urls':['" + link + "'],'folder_id':0}");
      refused("file/cp.cgi", "{'urls':['{in}','" + link + "'],'folder_id':0}");
      refused("file/mv.cgi", "{'urls':['" + link + "'],'destination_folder_id':0}");
      refused("file/mv.cgi", "{'urls':['{in}','" + link + "'],'destination_folder_id':0,'x':1}");
      refused("file/rm.cgi", "{'files':[{'url':'" + link + "'}]}");
      refused("file/rm.cgi", "{'files':[{'url':'" + link + "','code':'abcdefghij0123456789'}]}");
      refused("file/rename.cgi", "{'urls':[{'url':'" + link + "','filename':'x'}]}");
      refused("file/chattr.cgi", "{'urls':['" + link + "'],'pass':'secret6'}");
    }
    for (String folder : List.of("{outside}", "{top}", "{shared}", "999999999")) {
      refused("folder/ls.cgi", "{'folder_id':" + folder + "}");
      refused("file/ls.cgi", "{'folder_id':" + folder + "}");
      refused("folder/mkdir.cgi", "{'folder_id':" + folder + ",'name':'x'}");
      refused("file/cp.cgi", "{'urls':['{in}'],'folder_id':" + folder + "}");
      refused("file/mv.cgi", "{'urls':['{in}'],'destination_folder_id':" + folder + "}");
      refused("folder/share.cgi", "{'folder_id':" + folder + ",'share':1}");
      refused("folder/rm.cgi", "{'folder_id':" + folder + "}");
      refused("folder/mv.cgi", "{'folder_id':" + folder + ",'destination_folder_id':0}");
      refused("file/info.cgi", "{'folder_id':" + folder + ",'filename':'out.txt'}");
    }
    for (String user : List.of("robert@example.org", ScopeStage.ALICE)) {
      refused("folder/ls.cgi", "{'folder_id':0,'sharing_user':'" + user + "'}");
      refused("folder/mkdir.cgi", "{'name':'x','sharing_user':'" + user + "'}");
    }
    assertThat(stage.state()).isEqualTo(before);
  }

  @Test
  void pagesOfLinks_outside_areNotFound() {
    for (String link : List.of(out, bobs)) {
      for (String rest : List.of("", "&auth=1", "&auth=1&e=1")) {
        assertThat(RawCall.status(send("GET /?" + link + rest, "", ""))).isEqualTo(404);
      }
    }
    assertThat(RawCall.status(send("GET /?" + in, "", ""))).isEqualTo(200);
  }

  @Test
  void listings_showTheRoomAlone_asTheRoot() {
    JsonNode everything = json(call("file/ls.cgi", "{'folder_id':-1}"));
    assertThat(everything.path("items").valueStream().map(item -> item.path("filename").asString()))
        .containsExactly("in.txt");
    assertThat(everything.path("items").path(0).path("folder_id").asLong()).isZero();
    assertThat(everything.path("items").path(0).path("path").asString()).isEmpty();
    String root = call("folder/ls.cgi", "{'folder_id':0}");
    assertThat(json(root).path("folder_id").asLong()).isZero();
    assertThat(root).contains("Inner").doesNotContain("Bobs", "Outside");
  }

  @Test
  void dots_areNoNames() {
    for (String name : List.of("..", ".", "../Outside", "/Outside")) {
      String body = "{'folder_id':0,'name':'" + name + "'}";
      assertThat(RawCall.status(call("folder/mkdir.cgi", body))).as(name).isEqualTo(400);
      body = "{'urls':[{'url':'{in}','filename':'" + name + "'}]}";
      assertThat(RawCall.status(call("file/rename.cgi", body))).as(name).isEqualTo(400);
    }
  }

  @Test
  void upload_intoAnotherFolder_goesIntoTheRoom() {
    for (String did : List.of("{outside}", "{top}", "{shared}", "-1", "999999999")) {
      String body =
          new String(
              Uploading.body(Uploading.field("did", filled(did)), "up.txt", "x".getBytes(UTF_8)),
              UTF_8);
      String answer = send("POST /upload.cgi", "multipart/form-data; boundary=edge", body);
      assertThat(RawCall.status(answer)).as(answer).isEqualTo(302);
    }
    JsonNode listed = json(call("file/ls.cgi", "{'folder_id':0}"));
    assertThat(listed.path("count").asLong()).isEqualTo(6);
    assertThat(stage.domain.folders().view(bob, FolderRef.of(shared)).files()).isEqualTo(1);
    assertThat(stage.domain.folders().view(stage.alice, FolderRef.ROOT).files()).isZero();
  }

  /** What is left of a nearly full account would tell what the rest of it holds. */
  @Test
  void figures_areOfTheRoom() {
    stage.domain.accounts().setPlan(stage.alice.account(), Plan.FREE);
    stage.upload(stage.outside, "a much longer name of a file, for its text is its name.txt");
    long nearlyAll = Plan.FREE.storageBytes() - 1_000;
    stage
        .host
        .database()
        .change(sql ->
            sql.update(
                "UPDATE accounts SET used_bytes = ? WHERE id = ?",
                nearlyAll,
                stage.alice.account().value()));
    JsonNode info = json(call("user/info.cgi", "{}"));
    long used = "the text of in.txt".length();
    assertThat(info.path("cold_storage").asLong()).isEqualTo(used);
    assertThat(info.path("available_storage").asLong()).isGreaterThan(1_000_000);
  }

  @Test
  void token_diesWithItsFoldersMoveOutOfTheRoom() {
    String inner = link(stage.upload(stage.inner, "deep.txt"));
    JsonNode token = json(call("download/get_token.cgi", "{'url':'" + inner + "'}"));
    String path = token.path("url").asString().replaceFirst("https?://[^/]+", "");
    assertThat(RawCall.status(send("GET " + path, "", ""))).isEqualTo(200);
    stage
        .domain
        .folders()
        .move(stage.alice, FolderRef.of(stage.inner), FolderRef.of(stage.outside), null);
    assertThat(RawCall.status(send("GET " + path, "", ""))).isEqualTo(404);
    refused("file/info.cgi", "{'url':'" + inner + "'}");
  }
}
