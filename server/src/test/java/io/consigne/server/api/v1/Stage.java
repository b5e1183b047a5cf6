package io.consigne.server.api.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.core.accounts.Plan;
import io.consigne.server.admin.AccountRequest;
import io.consigne.server.admin.AccountRequest.Quotas;
import io.consigne.server.admin.AccountRequest.Wished;
import io.consigne.spec.Answer;
import io.consigne.spec.Bindings;
import io.consigne.spec.Exchange;
import io.consigne.spec.JsonPattern;
import io.consigne.spec.Kind;
import io.consigne.spec.Request;
import io.consigne.spec.RequestBody;
import io.consigne.spec.Scenario;
import io.consigne.spec.Slot;
import io.consigne.spec.Template;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plays scenarios on one host, each with accounts of its own. */
final class Stage {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final AtomicInteger PLAYED = new AtomicInteger();
  private static final String PASSWORD = "a long password";

  private final TestHost host;
  private final WireClient client;
  private final Bindings bindings = new Bindings();

  private Stage(TestHost host, WireClient client) {
    this.host = host;
    this.client = client;
  }

  /** Plays a scenario to its end, or until an answer differs. */
  static void play(Scenario scenario, TestHost host, WireClient client) {
    Stage stage = set(scenario, host, client);
    for (Exchange exchange : scenario.exchanges()) {
      Answer answer = stage.send(exchange.request());
      assertThat(exchange.response().differences(answer, stage.bindings))
          .as("exchange %s", exchange)
          .isEmpty();
      if (exchange.toString().contains("/upload.cgi")) {
        await("hashes").atMost(Duration.ofSeconds(30)).until(() -> host.pendingHashes() == 0);
      }
    }
  }

  /** Makes what must be there before the first exchange. */
  static Stage set(Scenario scenario, TestHost host, WireClient client) {
    var stage = new Stage(host, client);
    String origin = host.origin();
    stage.bindings.bind(Slot.of(Kind.ORIGIN), origin);
    stage.bindings.bind(Slot.of(Kind.HOST), origin.substring(origin.indexOf("://") + 3));
    int number = PLAYED.incrementAndGet();
    scenario.accounts().forEach(account -> stage.add(account, number));
    scenario.folders().forEach(stage::make);
    scenario.files().forEach(stage::upload);
    scenario.accounts().forEach(stage::fill);
    return stage;
  }

  /** Sends a request to the host. */
  Answer send(Request request) {
    return client.send(host.origin(), request, bindings);
  }

  /** Calls an endpoint of {@code /v1} with a JSON body, as one of the accounts. */
  Answer call(String account, String path, String json) {
    return send(
        new Request(
            "POST",
            Template.parse("/v1/" + path),
            key(account),
            new RequestBody.Json(new JsonPattern(MAPPER.readTree(json)))));
  }

  private void add(Scenario.Account account, int number) {
    String name = account.name();
    String email = name + number + "@example.org";
    String plan = account.plan().toUpperCase(Locale.ROOT);
    bindings.bind(new Slot(Kind.EMAIL, name), email);
    Wished files = account.files().isEmpty() ? null : new Wished(Long.valueOf(account.files()));
    var order = new AccountRequest.Add(email, Plan.valueOf(plan), new Quotas(null, files));
    bindings.bind(new Slot(Kind.KEY, name), host.administer(order));
    if (account.login()) {
      host.administer(new AccountRequest.ChangePassword(email, PASSWORD));
      String basic =
          Base64.getEncoder()
              .encodeToString((email + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
      bindings.bind(new Slot(Kind.PASSWORD, name), PASSWORD);
      bindings.bind(new Slot(Kind.BASIC, name), basic);
    }
  }

  private void fill(Scenario.Account account) {
    if (account.roomBytes() >= 0) {
      long quota = Plan.valueOf(account.plan().toUpperCase(Locale.ROOT)).storageBytes();
      String email = bindings.get(new Slot(Kind.EMAIL, account.name())).orElseThrow();
      host.setUsed(email, quota - account.roomBytes());
    }
  }

  private void make(Scenario.GivenFolder folder) {
    String parent = folder.parent().isEmpty() ? "0" : "\"{int:" + folder.parent() + "}\"";
    String name = MAPPER.writeValueAsString(folder.shown());
    JsonNode made =
        success(
            call(
                folder.owner(),
                "folder/mkdir.cgi",
                "{\"folder_id\":%s,\"name\":%s}".formatted(parent, name)),
            200);
    bindings.bind(new Slot(Kind.INT, folder.name()), made.path("folder_id").asString());
  }

  private void upload(Scenario.GivenFile file) {
    String did = file.folder().isEmpty() ? "0" : "{int:" + file.folder() + "}";
    var parts =
        List.of(
            new RequestBody.Part("did", null, Template.parse(did)),
            new RequestBody.Part(
                "file[]", Template.parse(file.shown()), Template.parse(file.text())));
    Answer sent =
        send(
            new Request(
                "POST",
                Template.parse("/upload.cgi"),
                key(file.owner()),
                new RequestBody.Parts(parts)));
    assertThat(sent.status()).as(sent.body()).isEqualTo(302);
    String report = sent.header("Location").orElseThrow();
    JsonNode link =
        await("hashes")
            .atMost(Duration.ofSeconds(30))
            .until(() -> link(report), found -> !found.path("whirlpool").asString().isEmpty());
    String url = link.path("download").asString();
    bindings.bind(new Slot(Kind.ID, file.name()), url.substring(url.indexOf('?') + 1));
  }

  private JsonNode link(String report) {
    var request =
        new Request(
            "GET",
            Template.parse(report),
            Map.of("JSON", Template.parse("1")),
            new RequestBody.None());
    return success(send(request), 200).path("links").path(0);
  }

  private static Map<String, Template> key(String account) {
    return Map.of("Authorization", Template.parse("Bearer {key:" + account + "}"));
  }

  private static JsonNode success(Answer answer, int status) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    return MAPPER.readTree(answer.body());
  }
}
