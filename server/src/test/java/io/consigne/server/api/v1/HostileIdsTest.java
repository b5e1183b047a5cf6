package io.consigne.server.api.v1;

import static io.consigne.server.api.v1.Uploading.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.api.v1.Talk.Said;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids that nobody was given: what is no number is refused as that, and every other as missing. */
class HostileIdsTest extends OneUploader {
  /** Calls about something by its number, and how its member is called. */
  private static final List<String> CALLS =
      List.of(
          "folder/ls.cgi folder_id {'folder_id':%s}",
          "file/ls.cgi folder_id {'folder_id':%s}",
          "file/mv.cgi destination_folder_id {'urls':['{link}'],'destination_folder_id':%s}",
          "file/cp.cgi folder_id {'urls':['{link}'],'folder_id':%s}",
          "folder/mv.cgi destination_folder_id {'folder_id':{folder},'destination_folder_id':%s}",
          "key/add.cgi folder_id {'name':'more','scopes':['read'],'folder_id':%s}",
          "key/set.cgi folder_id {'key':'victim','folder_id':%s}",
          "folder/mkdir.cgi folder_id {'folder_id':%s,'name':'x'}",
          "folder/mv.cgi folder_id {'folder_id':%s,'rename':'x'}",
          "folder/rm.cgi folder_id {'folder_id':%s}",
          "folder/share.cgi folder_id {'folder_id':%s,'share':1}",
          "folder/leave.cgi folder_id {'folder_id':%s}",
          "file/info.cgi folder_id {'folder_id':%s,'filename':'a'}",
          "download/get_token.cgi folder_id {'folder_id':%s,'filename':'a'}",
          "remote/request.cgi folder_id {'urls':['https://source.example.org/'],'folder_id':%s}",
          "remote/info.cgi id {'id':%s}",
          "remote/retry.cgi id {'id':%s}",
          "remote/cancel.cgi id {'id':%s}",
          "webhook/log.cgi id {'id':%s}",
          "webhook/test.cgi id {'id':%s}",
          "webhook/rm.cgi id {'id':%s}");

  static final List<String> NO_NUMBERS =
      List.of(
          "9223372036854775808",
          "-9223372036854775809",
          "18446744073709551617",
          "1e19",
          "1e400",
          "0.5",
          "1.0000001",
          "\"1 \"",
          "\" 1\"",
          "\"1\\u0000\"",
          "\"0x1\"",
          "\"1L\"",
          "\"1,000\"",
          "\"\uFF0B1\"",
          "\"NaN\"",
          "\"Infinity\"",
          "\"one\"",
          "\"" + "1".repeat(3_900_000) + "\"",
          "[1]",
          "{\"id\":1}");

  static final List<String> NOBODYS =
      List.of(
          "999999999",
          "\"999999999\"",
          "1e15",
          "\"+999999999\"",
          "\"999999999.0\"",
          "2147483648",
          "4294967297",
          "9223372036854775807",
          "-2147483649",
          "-9223372036854775808");

  private String link;
  private long folder;

  /** What the calls may do something with, if they take the id. */
  @BeforeAll
  void make() {
    byte[] file = Uploading.body("", "a.txt", new byte[1]);
    link = alice.kept(alice.post(file)).path("download").asString();
    Said made = alice.call("folder/mkdir.cgi", "{\"name\":\"spare\"}");
    folder = Uploading.json(made).path("folder_id").asLong();
    Said key = alice.call("key/add.cgi", "{\"name\":\"victim\",\"scopes\":[\"read\"]}");
    assertThat(key.status()).as("%s", key).isEqualTo(200);
  }

  private Said ask(String call, String id) {
    String[] words = call.split(" ", 3);
    String body =
        words[2].replace('\'', '"').replace("{link}", link).replace("{folder}", "" + folder);
    return alice.call(words[0], body.formatted(id)).harmless();
  }

  @ParameterizedTest
  @FieldSource("NO_NUMBERS")
  void id_thatIsNoNumber_isRefusedByItsName(String id) {
    for (String call : CALLS) {
      Said said = ask(call, id);
      assertThat(said.status()).as("%s: %s", call, said).isEqualTo(400);
      assertThat(said.text())
          .startsWith(
              "{\"status\":\"KO\",\"message\":\""
                  + call.split(" ", 3)[1]
                  + " must be a whole number")
          .hasSizeLessThan(300);
    }
  }

  @ParameterizedTest
  @FieldSource("NOBODYS")
  void id_ofNothing_isAnsweredAlikeHoweverItIsWritten(String id) {
    String keys = keys();
    for (String call : CALLS) {
      Said said = ask(call, id);
      assertThat(said.status()).as("%s: %s", call, said).isEqualTo(404);
      assertThat(undated(said)).isEqualTo(undated(ask(call, "123456789")));
    }
    assertThat(keys()).isEqualTo(keys);
  }

  /** The keys as they are, up to when the last of them was used: that which asks. */
  private String keys() {
    String keys = alice.call("key/ls.cgi", "{}").text().replaceFirst("\"last_used\".*", "");
    assertThat(keys).contains("victim");
    return keys;
  }

  private static String undated(Said said) {
    return said.toString().replaceFirst("\nDate: [^\r\n]*", "");
  }

  /** An old script's folder is gone: its file is kept all the same, in the root. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "0x1",
        "1e3",
        "0.5",
        "one",
        "\u0661",
        "999999999",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "99999999999999999999999999999999999999",
        "1\r\n2",
        "../1"
      })
  void folderOfAnUpload_thatIsNone_isTheRoot(String id) {
    String name = "f" + alice.files();
    String url =
        alice
            .kept(alice.post(Uploading.body(field("did", id), name, new byte[1])))
            .path("download")
            .asString();
    Said said = alice.call("file/info.cgi", "{\"folder_id\":0,\"filename\":\"" + name + "\"}");
    assertThat(Uploading.json(said).path("url").asString()).isEqualTo(url);
  }
}
