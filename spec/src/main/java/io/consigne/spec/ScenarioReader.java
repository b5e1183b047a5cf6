package io.consigne.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a scenario from its file, and refuses what the format does not have. */
final class ScenarioReader {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private ScenarioReader() {}

  /**
   * Reads a scenario.
   *
   * @param id where it is kept
   * @throws IllegalArgumentException if the text is none, naming the id and what is wrong
   */
  static Scenario read(String id, String json) {
    try {
      return scenario(id, MAPPER.readTree(json));
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IllegalArgumentException("scenario " + id + ": " + e.getMessage(), e);
    }
  }

  private static Scenario scenario(String id, JsonNode node) {
    only(node, "name", "source", "guests", "accounts", "folders", "files", "exchanges");
    var accounts = new ArrayList<Scenario.Account>();
    members(node, "accounts").forEach((name, value) -> accounts.add(account(name, value)));
    var folders = new ArrayList<Scenario.GivenFolder>();
    members(node, "folders").forEach((name, value) -> folders.add(folder(name, value)));
    var files = new ArrayList<Scenario.GivenFile>();
    members(node, "files").forEach((name, value) -> files.add(file(name, value)));
    var exchanges = new ArrayList<Exchange>();
    for (JsonNode exchange : node.path("exchanges")) {
      exchanges.add(exchange(exchanges.size() + 1, exchange));
    }
    boolean guests = node.path("guests").asBoolean(false);
    return new Scenario(
        id, text(node, "name"), text(node, "source"), guests, accounts, folders, files, exchanges);
  }

  private static Scenario.Account account(String name, JsonNode node) {
    if (node.isString()) {
      return new Scenario.Account(name, node.asString(), false, -1, "");
    }
    only(node, "plan", "login", "room", "files");
    return new Scenario.Account(
        name,
        text(node, "plan"),
        node.path("login").asBoolean(false),
        node.path("room").asLong(-1),
        node.path("files").asString(""));
  }

  private static Scenario.GivenFolder folder(String name, JsonNode node) {
    only(node, "of", "in", "name");
    return new Scenario.GivenFolder(
        name, text(node, "of"), optional(node, "in", ""), text(node, "name"));
  }

  private static Scenario.GivenFile file(String name, JsonNode node) {
    only(node, "of", "in", "name", "text");
    return new Scenario.GivenFile(
        name,
        text(node, "of"),
        optional(node, "in", ""),
        text(node, "name"),
        optional(node, "text", "hello world\n"));
  }

  private static Exchange exchange(int number, JsonNode node) {
    only(node, "says", "request", "response");
    return new Exchange(
        number,
        optional(node, "says", ""),
        request(node.path("request")),
        response(node.path("response")));
  }

  private static Request request(JsonNode node) {
    only(node, "call", "as", "login", "headers", "json", "text", "form", "parts");
    String[] call = text(node, "call").split(" ", 2);
    Map<String, @Nullable Template> headers = headers(node);
    if (node.has("as")) {
      headers.put("Authorization", Template.parse("Bearer {key:" + text(node, "as") + "}"));
    }
    if (node.has("login")) {
      headers.put("Authorization", Template.parse("Basic {basic:" + text(node, "login") + "}"));
    }
    return new Request(call[0], Template.parse(call[1]), headers, requestBody(node));
  }

  private static RequestBody requestBody(JsonNode node) {
    if (node.has("json")) {
      return new RequestBody.Json(new JsonPattern(node.get("json")));
    }
    if (node.has("text")) {
      return new RequestBody.Text(template(node, "text"));
    }
    if (node.has("form")) {
      return new RequestBody.Form(list(node.get("form")).map(ScenarioReader::field).toList());
    }
    if (node.has("parts")) {
      return new RequestBody.Parts(list(node.get("parts")).map(ScenarioReader::part).toList());
    }
    return new RequestBody.None();
  }

  private static RequestBody.Field field(JsonNode node) {
    only(node, "name", "value", "times");
    return new RequestBody.Field(
        text(node, "name"), template(node, "value"), node.path("times").asInt(1));
  }

  private static RequestBody.Part part(JsonNode node) {
    only(node, "name", "filename", "text");
    Template filename = node.has("filename") ? template(node, "filename") : null;
    return new RequestBody.Part(text(node, "name"), filename, template(node, "text"));
  }

  private static Response response(JsonNode node) {
    only(node, "status", "headers", "json", "text", "page");
    return new Response(node.path("status").asInt(200), headers(node), responseBody(node));
  }

  private static ResponseBody responseBody(JsonNode node) {
    if (node.has("json")) {
      return new ResponseBody.Json(new JsonPattern(node.get("json")));
    }
    if (node.has("text")) {
      return new ResponseBody.Text(template(node, "text"));
    }
    if (node.has("page")) {
      return new ResponseBody.Page(
          list(node.get("page")).map(part -> Template.parse(part.asString())).toList());
    }
    return new ResponseBody.Any();
  }

  private static Map<String, @Nullable Template> headers(JsonNode node) {
    var headers = new LinkedHashMap<String, @Nullable Template>();
    members(node, "headers")
        .forEach((name, value) ->
            headers.put(name, value.isNull() ? null : Template.parse(value.asString())));
    return headers;
  }

  private static java.util.stream.Stream<JsonNode> list(JsonNode node) {
    return node.valueStream();
  }

  private static Map<String, JsonNode> members(JsonNode node, String name) {
    var members = new LinkedHashMap<String, JsonNode>();
    node.path(name).properties().forEach(entry -> members.put(entry.getKey(), entry.getValue()));
    return members;
  }

  private static Template template(JsonNode node, String name) {
    return Template.parse(text(node, name));
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    if (!value.isString()) {
      throw new IllegalArgumentException(name + " must be a text, in " + node);
    }
    return value.asString();
  }

  private static String optional(JsonNode node, String name, String standard) {
    return node.has(name) ? text(node, name) : standard;
  }

  private static void only(JsonNode node, String... names) {
    List<String> unknown =
        node.propertyNames().stream().filter(name -> !Set.of(names).contains(name)).toList();
    if (!node.isObject() || !unknown.isEmpty()) {
      throw new IllegalArgumentException("unknown members " + unknown + " in " + node);
    }
  }
}
