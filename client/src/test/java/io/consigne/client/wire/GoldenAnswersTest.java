package io.consigne.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.model.AccessRules;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileDetails;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteSources;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The client understands every JSON answer of the golden exchanges. */
class GoldenAnswersTest {
  private static final Pattern NUMBER = Pattern.compile("#([0-9]{1,3})\"");
  private static final FileLink LINK = new FileLink("https://1fichier.com/?4m1x0q9v7t2kz8b6d3ha");

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
    call(target, exchange.request().body())
        .ifPresent(call -> assertThat((Object) call.reader().apply(object)).isNotNull());
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
        switch (target.replaceFirst("^/v1/", "")) {
          case "file/ls.cgi" -> FileCalls.list(FolderId.ROOT, null, null);
          case "file/info.cgi" -> FileCalls.info(LINK, null);
          case "file/cp.cgi" -> FileCalls.copy(List.of(LINK), FolderId.ROOT, null);
          case "folder/ls.cgi" -> FolderCalls.list(FolderId.ROOT, true);
          case "folder/mkdir.cgi" -> FolderCalls.make(FolderId.ROOT, "Notes");
          case "folder/share.cgi" -> share(body);
          case "folder/leave.cgi" -> FolderCalls.leave(FolderId.ROOT);
          case "remote/request.cgi" ->
              RemoteCalls.request(RemoteSources.of(List.of("https://example.org/")), FolderId.ROOT);
          case "remote/ls.cgi" -> RemoteCalls.list();
          case "remote/info.cgi" -> RemoteCalls.info(1);
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
