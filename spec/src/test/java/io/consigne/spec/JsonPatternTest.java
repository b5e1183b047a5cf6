package io.consigne.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonPatternTest {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final Bindings bindings = new Bindings();

  @Test
  void kinds_count() {
    assertThat(differences("{\"size\":12}", "{\"size\":\"12\"}"))
        .containsExactly("$.size expected 12 but was \"12\"");
    assertThat(differences("{\"offer\":\"1\"}", "{\"offer\":1}"))
        .containsExactly("$.offer expected \"1\" but was 1");
    assertThat(differences("{\"pass\":0}", "{\"pass\":false}"))
        .containsExactly("$.pass expected 0 but was false");
    assertThat(differences("{\"size\":null}", "{\"size\":0}"))
        .containsExactly("$.size expected null but was 0");
    assertThat(differences("{\"id\":\"{int}\"}", "{\"id\":\"7\"}"))
        .containsExactly("$.id expected \"{int}\" but was \"7\"");
    assertThat(differences("{\"id\":\"{string}\"}", "{\"id\":7}"))
        .containsExactly("$.id expected \"{string}\" but was 7");
  }

  @Test
  void order_ofMembersDoesNotCount_ofElementsDoes() {
    assertThat(differences("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}")).isEmpty();
    assertThat(differences("[1,2]", "[2,1]")).hasSize(2);
  }

  @Test
  void members_areExact_unlessMoreAreAllowed() {
    assertThat(differences("{\"a\":1}", "{\"a\":1,\"b\":2}")).containsExactly("$.b is too much: 2");
    assertThat(differences("{\"a\":1,\"...\":\"\"}", "{\"a\":1,\"b\":2}")).isEmpty();
    assertThat(differences("{\"a\":1,\"...\":\"\"}", "{\"b\":2}"))
        .containsExactly("$.a is missing");
  }

  @Test
  void elements_areCounted() {
    assertThat(differences("[]", "[1]")).containsExactly("$ expected [] but was [1]");
  }

  @Test
  void placeholder_keepsItsValue() {
    assertThat(differences("[\"{id:a}\",\"{id:a}\"]", array("a", "b"))).hasSize(1);
    assertThat(bindings.get(new Slot(Kind.ID, "a"))).contains("a".repeat(20));
    assertThat(
            differences(
                "[\"/?{id:a}\",\"{id:b}\"]",
                "[\"/?%s\",\"%s\"]".formatted("a".repeat(20), "b".repeat(20))))
        .isEmpty();
    assertThat(bindings.get(new Slot(Kind.ID, "b"))).contains("b".repeat(20));
  }

  @Test
  void render_putsValuesIn_numbersAsNumbers() {
    bindings.bind(new Slot(Kind.INT, "docs"), "17");
    assertThat(
            pattern("{\"folder_id\":\"{int:docs}\",\"name\":\"no {int:docs}\"}").render(bindings))
        .hasToString("{\"folder_id\":17,\"name\":\"no 17\"}");
  }

  @Test
  void render_withoutValue_isRefused() {
    assertThatThrownBy(() -> pattern("\"{id:nobody}\"").render(bindings))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("placeholder has no value yet: {id:nobody}");
  }

  @Test
  void placeholder_ofUnknownKind_isRefused() {
    assertThatThrownBy(() -> pattern("\"{colour}\"").render(bindings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("unknown placeholder: {colour}");
  }

  private static String array(String first, String second) {
    return "[\"%s\",\"%s\"]".formatted(first.repeat(20), second.repeat(20));
  }

  private List<String> differences(String pattern, String actual) {
    JsonNode node = MAPPER.readTree(actual);
    return pattern(pattern).differences(node, bindings);
  }

  private static JsonPattern pattern(String json) {
    return new JsonPattern(MAPPER.readTree(json));
  }
}
