package io.consigne.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.model.AccessRules;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileChange;
import io.consigne.client.model.FileDetails;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteSources;
import io.consigne.client.model.Webhook;
import io.consigne.client.transport.WireAnswer;
import io.consigne.spec.Answer;
import io.consigne.spec.Bindings;
import io.consigne.spec.Exchange;
import io.consigne.spec.JsonPattern;
import io.consigne.spec.RequestBody;
import io.consigne.spec.ResponseBody;
import io.consigne.spec.Scenario;
import io.consigne.spec.Scenarios;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The client understands every JSON answer of the golden exchanges. */
class GoldenAnswersTest {
  private static final Pattern NUMBER = Pattern.compile("#([0-9]{1,3})\"");
  private static final String V1 = "/v1/";
  private static final FileLink LINK = new FileLink("https://1fichier.com/?4m1x0q9v7t2kz8b6d3ha");

  /** What the client does not ask for, which makes no keys; and what it reads without a call. */
  private static final Set<String> OF_NO_CALL =
      Set.of(
          "key/add.cgi",
          "key/set.cgi",
          "key/rotate.cgi",
          "key/revoke.cgi",
          "key/regenerate.cgi",
          KeyAnswers.PATH);

  /** The kind that each number of docs/wire-v1.md stands for. */
  private static final Map<String, List<Class<? extends Refusal>>> KINDS =
      Map.ofEntries(
          Map.entry("24", List.of(Refusal.Invalid.class)),
          Map.entry("236", List.of(Refusal.PlanNeeded.class)),
          Map.entry("247", List.of(Refusal.NotAuthenticated.class)),
          Map.entry("312", List.of(Refusal.Unchanged.class)),
          Map.entry("469", List.of(Refusal.NotFound.class)),
          Map.entry("500", List.of(Refusal.Unavailable.class)),
          Map.entry("631", List.of(Refusal.Denied.class, Refusal.PasswordNeeded.class)),
          Map.entry("701", List.of(Refusal.Invalid.class)),
          Map.entry("702", List.of(Refusal.Conflict.class)),
          Map.entry("703", List.of(Refusal.QuotaExceeded.class)),
          Map.entry("704", List.of(Refusal.TooLarge.class)),
          Map.entry("706", List.of(Refusal.Damaged.class)),
          Map.entry("707", List.of(Refusal.Unavailable.class)),
          Map.entry("708", List.of(Refusal.NotOffered.class)),
          Map.entry("710", List.of(Refusal.Invalid.class)),
          Map.entry("711", List.of(Refusal.Unavailable.class)));

  @TestFactory
  Stream<DynamicTest> answers_areUnderstood() {
    return Scenarios.v1().stream()
        .filter(scenario -> scenario.exchanges().stream().anyMatch(GoldenAnswersTest::isJson))
        .map(scenario -> DynamicTest.dynamicTest(scenario.toString(), () -> read(scenario)));
  }

  @Test
  void scenarios_areThere() {
    assertThat(Scenarios.v1()).hasSizeGreaterThan(60);
  }

  private static boolean isJson(Exchange exchange) {
    return exchange.response().body() instanceof ResponseBody.Json;
  }

  private static void read(Scenario scenario) throws IOException {
    var bindings = new Bindings();
    for (Exchange exchange : scenario.exchanges()) {
      Answer answer = exchange.response().example(bindings);
      if (isJson(exchange) && answer.body().startsWith("{")) {
        read(exchange, answer);
      }
    }
  }

  private static void read(Exchange exchange, Answer answer) throws IOException {
    if (answer.status() >= 400) {
      Matcher number = NUMBER.matcher(answer.body());
      assertThat(number.find()).as(answer.body()).isTrue();
      assertThatThrownBy(() -> Answers.object(wire(answer)))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e ->
                  assertThat(KINDS.get(number.group(1)))
                      .as(answer.body())
                      .contains(e.refusal().getClass()));
      return;
    }
    JsonObject object = Answers.object(wire(answer));
    String target = exchange.request().target().toString();
    Optional<Call<?>> call = call(target, exchange.request().body());
    call.ifPresent(known -> assertThat((Object) known.reader().apply(object)).isNotNull());
    if (call.isEmpty() && target.startsWith(V1)) {
      assertThat(OF_NO_CALL).contains(target.substring(V1.length()));
    }
    if (target.equals(V1 + KeyAnswers.PATH)) {
      assertThat(KeyAnswers.read(object).state()).isIn("active", "revoked");
    }
    if (target.startsWith("/end.pl")) {
      UploadReport report = UploadReport.of(object);
      assertThat(report.kept().size() + report.refused().size()).isPositive();
    }
  }

  /** One call publishes and ends that, or opens to accounts: only who publishes gets an address. */
  private static Call<?> share(RequestBody body) {
    boolean publishes =
        body instanceof RequestBody.Json(JsonPattern asked)
            && asked.example(new Bindings()).path("share").asInt(0) == 1;
    return publishes
        ? FolderCalls.publish(FolderId.ROOT, null)
        : FolderCalls.share(FolderId.ROOT, List.of());
  }

  private static Optional<Call<?>> call(String target, RequestBody body) {
    return Optional.ofNullable(
        switch (target.replaceFirst("^" + V1, "")) {
          case "file/ls.cgi" -> FileCalls.list(FolderId.ROOT, null, null);
          case "file/info.cgi" -> FileCalls.info(LINK, null);
          case "file/cp.cgi" -> FileCalls.copy(List.of(LINK), FolderId.ROOT, null);
          case "file/rm.cgi" -> FileCalls.remove(List.of(LINK));
          case "file/mv.cgi" -> FileCalls.move(List.of(LINK), FolderId.ROOT);
          case "file/rename.cgi" -> FileCalls.rename(Map.of(LINK, "hi.txt"));
          case "file/chattr.cgi" -> FileCalls.change(List.of(LINK), FileChange.NONE);
          case "folder/mv.cgi" -> FolderCalls.move(FolderId.ROOT, FolderId.ROOT);
          case "folder/rm.cgi" -> FolderCalls.remove(FolderId.ROOT);
          case "folder/ls.cgi" -> FolderCalls.list(FolderId.ROOT, true);
          case "folder/mkdir.cgi" -> FolderCalls.make(FolderId.ROOT, "Notes");
          case "folder/share.cgi" -> share(body);
          case "folder/leave.cgi" -> FolderCalls.leave(FolderId.ROOT);
          case "remote/request.cgi" ->
              RemoteCalls.request(RemoteSources.of(List.of("https://example.org/")), FolderId.ROOT);
          case "remote/ls.cgi" -> RemoteCalls.list();
          case "remote/info.cgi" -> RemoteCalls.info(1);
          case "webhook/add.cgi" -> WebhookCalls.add("https://example.org/", List.of());
          case "webhook/ls.cgi" -> WebhookCalls.list();
          case "webhook/log.cgi" -> WebhookCalls.log(null, 1);
          case "webhook/rm.cgi" -> WebhookCalls.remove(1);
          case "webhook/test.cgi" -> WebhookCalls.test(1);
          case "user/info.cgi" -> AccountCalls.info();
          case "capabilities.cgi" -> AccountCalls.capabilities();
          case "download/get_token.cgi" -> TransferCalls.token(LINK, null, false);
          case "upload/get_upload_server.cgi" -> TransferCalls.uploadPlace();
          default -> null;
        });
  }

  private static WireAnswer wire(Answer answer) {
    return new WireAnswer(
        answer.status(),
        HttpHeaders.of(Map.of(), (_, _) -> true),
        new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)));
  }

  /** It was taken for an empty address. */
  @Test
  void publishedFolderWithoutAnAddress_isNoAnswer() {
    JsonObject answer = Json.object("{\"status\":\"OK\"}").orElseThrow();
    assertThatThrownBy(() -> FolderCalls.publish(FolderId.ROOT, null).reader().apply(answer))
        .hasMessage("no address of the published folder");
  }

  @Test
  void endOfALink_isRead() throws IOException {
    Scenario scenario =
        Scenarios.v1().stream().filter(s -> s.id().equals("file/chattr/expiry")).findFirst().get();
    Answer answer = scenario.exchanges().get(1).response().example(new Bindings());
    FileDetails details = FileCalls.info(LINK, null).reader().apply(Answers.object(wire(answer)));
    assertThat(details.rules())
        .isEqualTo(AccessRules.NONE.until(Instant.parse("2026-07-29T12:57:25Z")));
  }

  /** As 1fichier.com is documented to tell them (reference: 1fichier-api, 15). */
  @Test
  void rulesOfALink_areRead() {
    JsonObject answer =
        Json.object(
                """
                {"url": "https://1fichier.com/?4m1x0q9v7t2kz8b6d3ha", "filename": "a", "size": 1,
                 "date": "2026-07-29 14:57:25", "acl": {"ip": ["192.0.2.0/24"],
                 "country": ["FR", "BE"], "email": ["friend@example.org"], "premium": 1}}
                """)
            .orElseThrow();
    assertThat(FileCalls.info(LINK, null).reader().apply(answer).rules())
        .isEqualTo(
            new AccessRules(
                List.of("192.0.2.0/24"), List.of("FR", "BE"), List.of("friend@example.org"), true));
  }

  @Test
  void webhook_isRead_asIsItsMessage() throws IOException {
    Webhook.Made made =
        WebhookCalls.add("", List.of()).reader().apply(answer("webhook/webhooks", 0));
    assertThat(made.webhook().url()).isEqualTo("http://localhost/hook?token=…");
    assertThat(made.webhook().events()).containsExactly("fetch.done", "key.made");
    assertThat(made.secret()).isNotEmpty();
    Webhook.Message message = WebhookCalls.test(1).reader().apply(answer("webhook/webhooks", 5));
    assertThat(message.event()).isEqualTo("test");
    assertThat(message.delivery().state()).isEqualTo("waiting");
    assertThat(message.delivery().tries()).isZero();
  }

  private static JsonObject answer(String id, int exchange) throws IOException {
    Scenario scenario =
        Scenarios.v1().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
    return Answers.object(
        wire(scenario.exchanges().get(exchange).response().example(new Bindings())));
  }

  @Test
  void listing_isReadWhole() throws IOException {
    Scenario scenario =
        Scenarios.v1().stream().filter(s -> s.id().equals("folder/ls/folder")).findFirst().get();
    Answer answer = scenario.exchanges().get(1).response().example(new Bindings());
    var listing =
        FolderCalls.list(FolderId.ROOT, true).reader().apply(Answers.object(wire(answer)));
    assertThat(listing.folder().name()).isEqualTo("Docs");
    assertThat(listing.folders()).extracting("name").containsExactly("Notes");
    assertThat(listing.files())
        .singleElement()
        .satisfies(file -> {
          assertThat(file.name()).isEqualTo("hello.txt");
          assertThat(file.sizeBytes()).isEqualTo(12);
          assertThat(file.times().uploaded()).isEqualTo("2026-07-29T12:57:25Z");
          assertThat(file.checksums().sha256()).startsWith("a948904f");
          assertThat(file.checksums()).isNotEqualTo(Checksums.NONE);
        });
  }
}
