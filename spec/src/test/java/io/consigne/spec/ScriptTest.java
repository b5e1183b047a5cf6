package io.consigne.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptTest {
  private static final String SCENARIO =
      """
      {
        "name": "a folder is made and renamed",
        "source": "1fichier-api 7",
        "exchanges": [
          {
            "request": {"call": "POST /v1/folder/mkdir.cgi", "as": "me", "json": {"name": "a"}},
            "response": {"json": {"status": "OK", "folder_id": "{int:a}", "name": "a"}}
          },
          {
            "request": {
              "call": "POST /v1/folder/mv.cgi", "as": "me",
              "json": {"folder_id": "{int:a}", "rename": "b"}
            },
            "response": {"status": 409, "json": {"status": "KO", "message": "no #1"}}
          }
        ]
      }
      """;

  private final Script script = new Script(ScenarioReader.read("test", SCENARIO), new Bindings());

  @Test
  void requests_inOrder_getExamples() {
    Answer made = make("{\"pretty\":0,\"name\":\"a\"}".replace("\"pretty\":0,", ""));
    assertThat(made.status()).isEqualTo(200);
    assertThat(made.header("content-type")).contains("application/json; charset=utf-8");
    assertThat(made.body()).matches("\\{\"status\":\"OK\",\"folder_id\":\\d+,\"name\":\"a\"}");
    String id = made.body().replaceAll("\\D", "");
    Answer refused =
        script.answer(
            "POST", "/v1/folder/mv.cgi", key(), "{\"rename\":\"b\",\"folder_id\":" + id + "}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(script.isOver()).isTrue();
  }

  @Test
  void request_thatIsNotNext_isRefused() {
    assertThatThrownBy(() -> script.answer("GET", "/elsewhere", key(), ""))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            "exchange 1 POST /v1/folder/mkdir.cgi: request expected"
                + " POST /v1/folder/mkdir.cgi but was GET /elsewhere");
  }

  @Test
  void body_ofAnotherMeaning_isRefused() {
    assertThatThrownBy(() -> make("{\"name\":\"b\"}"))
        .isInstanceOf(AssertionError.class)
        .hasMessage("exchange 1 POST /v1/folder/mkdir.cgi: another body was expected");
  }

  @Test
  void header_withAnotherValue_isRefused() {
    assertThatThrownBy(() ->
            script.answer("POST", "/v1/folder/mkdir.cgi", Map.of("authorization", "no"), "{}"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Authorization expected Bearer ");
  }

  private Answer make(String body) {
    return script.answer("POST", "/v1/folder/mkdir.cgi", key(), body);
  }

  private static Map<String, String> key() {
    return Map.of("authorization", "Bearer csg_0123456789abcdefghijklmnop10");
  }
}
