package io.consigne.server.api.guide;

import static io.consigne.server.api.guide.GuideStage.FORM;
import static io.consigne.server.api.guide.GuideStage.bearer;
import static io.consigne.server.api.guide.GuideStage.coded;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.server.api.guide.GuideStage.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Ids and names as no article has them: each is refused in words of its own, and changes nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuideIdsTest {
  /** Calls about a folder, and what each says that its parameter is called. */
  private static final List<String> FOLDERS =
      List.of(
          "GET /folder/list.cgi folder_id folder_id=%s",
          "POST /folder/list.cgi folder_id did=%s",
          "POST /file/ls.cgi folder_id folder_id=%s",
          "GET /folder/create.cgi folder_id name=x&folder_id=%s",
          "POST /folder/add.cgi folder_id name=x&parent_id=%s",
          "POST /file/delete.cgi folder_id folder_id=%s",
          "POST /file/move.cgi destination_folder_id url={link}&folder=%s",
          "POST /remote/remote.cgi folder_id url=https://source.example.org/&folder_id=%s",
          "POST /upload/add_url.cgi folder_id url=https://source.example.org/&folder_id=%s");

  /** Calls about a file. */
  private static final List<String> FILES =
      List.of(
          "GET /download/save.cgi url url=%s",
          "POST /download/get_token.cgi url link=%s",
          "POST /link/get_link.cgi url file=%s",
          "POST /file/info.cgi url file_id=%s",
          "POST /file/delete.cgi url url=%s",
          "POST /file/rename.cgi url name=x&url=%s",
          "POST /file/move.cgi url folder_id=0&url=%s");

  /** Calls that give a name. */
  private static final List<String> NAMES =
      List.of(
          "GET /folder/create.cgi name name=%s",
          "POST /folder/add.cgi name folder_name=%s",
          "POST /file/rename.cgi name url={link}&filename=%s",
          "POST /file/rename.cgi name url={link}&new_name=%s");

  static final List<String> NO_NUMBERS =
      List.of(
          "9223372036854775808",
          "-9223372036854775809",
          "1e3",
          "0.5",
          "1 ",
          " 1",
          "+1",
          "1\u0000",
          "0x1",
          "1L",
          "1,000",
          "\u0661",
          "\uFF11",
          "NaN",
          "one",
          "../1",
          "1\r\n2",
          "1".repeat(1_000));

  static final List<String> NOBODYS =
      List.of(
          "999999999",
          "000999999999",
          "2147483648",
          "4294967297",
          "999999999999999999",
          "-1",
          "-999999999999999999");

  static final List<String> NO_LINKS =
      List.of(
          "0",
          "-1",
          "../../etc/passwd",
          "a\u0000b",
          "a\r\nX-Injected: b",
          "https://h/?",
          "?",
          "\uD83C\uDF89\u202Egpj.exe",
          "' OR 1=1 --",
          "x".repeat(10_000));

  static final List<String> NO_NAMES =
      List.of(
          "../x",
          "..",
          ".",
          "/etc/passwd",
          "a/b",
          "a\u0000b",
          "a\r\nX-Injected: b",
          "a\u007fb",
          "x".repeat(257),
          "x".repeat(10_000),
          "\uD83C\uDF89".repeat(300));

  private GuideStage stage;
  private String key;
  private String link;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    stage = new GuideStage(folder);
    key = stage.account("alice", "PREMIUM");
    link = stage.upload(key, "a.txt", "bytes");
  }

  @AfterAll
  void stop() {
    stage.close();
  }

  private Said ask(String call, String value) {
    String[] words = call.split(" ", 4);
    String parameters = words[3].formatted(coded(value)).replace("{link}", coded(link));
    return words[0].equals("GET")
        ? stage.get(words[1] + "?" + parameters, bearer(key))
        : stage.post(words[1], FORM, parameters, bearer(key));
  }

  private void refused(String call, String value, String rule) {
    Said said = ask(call, value);
    assertThat(said.outcome()).as(call).startsWith("400 KO " + call.split(" ", 4)[2] + rule);
    assertThat(said.text()).as(call).hasSizeLessThan(2_000);
    unchanged();
  }

  /** The one file is where it was, under its name, and there is no folder. */
  private void unchanged() {
    Said listed = stage.get("/folder/list.cgi", bearer(key));
    assertThat(listed.json().path("items").findValuesAsString("filename")).containsExactly("a.txt");
    assertThat(listed.json().path("sub_folders").size()).isZero();
  }

  @ParameterizedTest
  @FieldSource("NO_NUMBERS")
  void folder_thatIsNoNumber_isRefusedByItsName(String id) {
    FOLDERS.forEach(call -> refused(call, id, " must be a whole number: "));
  }

  @ParameterizedTest
  @FieldSource("NOBODYS")
  void folder_ofNothing_isAnsweredAlikeHoweverItIsWritten(String id) {
    for (String call : FOLDERS) {
      Said said = ask(call, id);
      assertThat(said.outcome()).as(call).isEqualTo("404 KO Resource not found");
      assertThat(said.text()).isEqualTo(ask(call, "123456789").text());
    }
    unchanged();
  }

  @ParameterizedTest
  @FieldSource("NO_LINKS")
  void file_thatIsNone_isRefused(String text) {
    FILES.forEach(call -> refused(call, text, " must be "));
  }

  @ParameterizedTest
  @FieldSource("NO_NAMES")
  void name_thatIsNone_isRefused(String name) {
    NAMES.forEach(call -> refused(call, name, " must "));
  }
}
