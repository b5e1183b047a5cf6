package io.consigne.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.model.AccessRules;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FileChange;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Folder.Guest;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteSources;
import io.consigne.client.transport.Transport;
import io.consigne.client.transport.WireAnswer;
import io.consigne.client.transport.WireBody;
import io.consigne.client.transport.WireRequest;
import io.consigne.spec.Answer;
import io.consigne.spec.Bindings;
import io.consigne.spec.Kind;
import io.consigne.spec.Scenario;
import io.consigne.spec.Scenarios;
import io.consigne.spec.Script;
import io.consigne.spec.Slot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the client sends is what the golden exchanges have. */
class GoldenRequestsTest {
  private static final String KEY = "csg_0123456789abcdefghijklmnopqr";
  private static final FileLink HELLO = link("hello");
  private static final Instant END = Instant.parse("2027-01-31T23:00:00.9Z");
  private static final FolderId DOCS = new FolderId(1001);

  private static FileLink link(String name) {
    return new FileLink("https://files.example.org/?" + (name + "0".repeat(20)).substring(0, 20));
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        Arguments.of("folder/ls/folder", 1, FolderCalls.list(DOCS, true)),
        Arguments.of("folder/mkdir/make", 0, FolderCalls.make(DOCS, "Notes")),
        Arguments.of("folder/rm/remove", 0, FolderCalls.remove(DOCS)),
        Arguments.of("folder/mv/documented", 0, FolderCalls.rename(new FolderId(1002), "Ideas")),
        Arguments.of(
            "folder/mv/documented", 2, FolderCalls.move(new FolderId(1002), new FolderId(1003))),
        Arguments.of("folder/share/accounts", 0, FolderCalls.share(DOCS, guests())),
        Arguments.of("folder/share/accounts", 10, FolderCalls.share(DOCS, List.of())),
        Arguments.of("folder/leave/guest", 2, FolderCalls.leave(DOCS)),
        Arguments.of("folder/share/public", 0, FolderCalls.publish(DOCS, null)),
        Arguments.of("folder/share/accounts", 8, FolderCalls.unpublish(DOCS)),
        Arguments.of("file/rm/own", 0, FileCalls.remove(List.of(HELLO, link("b")))),
        Arguments.of("file/rename/rename", 2, FileCalls.rename(Map.of(HELLO, "hi.txt"))),
        Arguments.of("file/info/own", 0, FileCalls.info(HELLO, null)),
        Arguments.of(
            "file/chattr/attributes",
            1,
            FileCalls.change(List.of(HELLO), FileChange.NONE.describedAs("What it is"))),
        Arguments.of(
            "file/chattr/attributes",
            2,
            FileCalls.change(List.of(HELLO), FileChange.NONE.shownInline(true))),
        Arguments.of(
            "file/info/rules",
            0,
            FileCalls.change(
                List.of(HELLO),
                FileChange.NONE.openTo(
                    new AccessRules(List.of("192.0.2.0/24"), List.of(), List.of(), false)))),
        Arguments.of(
            "file/info/rules",
            11,
            FileCalls.change(List.of(HELLO), FileChange.NONE.openTo(AccessRules.NONE))),
        Arguments.of(
            "file/chattr/expiry",
            6,
            FileCalls.change(
                List.of(HELLO),
                FileChange.NONE.openTo(
                    new AccessRules(List.of("127.0.0.0/8"), List.of(), List.of(), false, END)))),
        Arguments.of(
            "remote/request",
            0,
            RemoteCalls.request(
                new RemoteSources(
                    List.of("ftp://me:hush@localhost/a/file.iso"),
                    Map.of("Referer", "https://example.org/"),
                    Map.of()),
                DOCS)),
        Arguments.of("remote/request", 2, RemoteCalls.list()),
        Arguments.of("remote/request", 3, RemoteCalls.info(1004)),
        Arguments.of("user/info/read", 3, AccountCalls.info()),
        Arguments.of("capabilities/list", 0, AccountCalls.capabilities()),
        Arguments.of("download/get_token/download", 0, TransferCalls.token(HELLO, null, false)));
  }

  private static List<Guest> guests() {
    return List.of(
        new Guest("bob@example.org", true, false), new Guest("carol@example.org", true, true));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void request_isAsWritten(String id, int exchange, Call<?> call) throws IOException {
    Scenario scenario =
        Scenarios.v1().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
    var one =
        new Scenario(
            scenario.id(),
            scenario.name(),
            scenario.source(),
            false,
            scenario.accounts(),
            scenario.folders(),
            scenario.files(),
            List.of(scenario.exchanges().get(exchange)));
    var script = new Script(one, bindings());
    URI url = URI.create("https://files.example.org");
    var wire =
        new Wire(Endpoint.of(url, new ApiKey(KEY)), new ScriptTransport(script), "test", _ -> {});
    if (scenario.exchanges().get(exchange).response().status() > 399) {
      assertThatThrownBy(() -> wire.send(call)).isInstanceOf(RefusedException.class);
    } else {
      wire.send(call);
    }
    assertThat(script.isOver()).isTrue();
  }

  private static Bindings bindings() {
    var bindings = new Bindings();
    bindings.bind(new Slot(Kind.ORIGIN, ""), "https://files.example.org");
    bindings.bind(new Slot(Kind.KEY, "alice"), KEY);
    bindings.bind(new Slot(Kind.INSTANT, "end"), "2027-01-31T23:00:00Z");
    bindings.bind(new Slot(Kind.INT, "docs"), "1001");
    bindings.bind(new Slot(Kind.INT, "notes"), "1002");
    bindings.bind(new Slot(Kind.INT, "art"), "1003");
    bindings.bind(new Slot(Kind.INT, "one"), "1004");
    for (String file : List.of("hello", "b")) {
      bindings.bind(new Slot(Kind.ID, file), link(file).id());
    }
    for (String name : List.of("bob", "carol")) {
      bindings.bind(new Slot(Kind.EMAIL, name), name + "@example.org");
    }
    return bindings;
  }

  /** Hands requests to a script. */
  private record ScriptTransport(Script script) implements Transport {
    @Override
    public WireAnswer send(WireRequest request) throws IOException {
      String query = request.uri().getRawQuery();
      String target = request.uri().getRawPath() + (query == null ? "" : "?" + query);
      Answer answer =
          script.answer(request.method(), target, request.headers(), text(request.body()));
      return new WireAnswer(
          answer.status(),
          HttpHeaders.of(Map.of(), (_, _) -> true),
          new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(WireBody body) throws IOException {
      var text = new ByteArrayOutputStream();
      try (WireBody.Source source = body.open()) {
        for (ByteBuffer piece = source.next(); piece != null; piece = source.next()) {
          var bytes = new byte[piece.remaining()];
          piece.get(bytes);
          text.writeBytes(bytes);
        }
      }
      return text.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {}
  }
}
