package io.consigne.client.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import io.consigne.spec.Bindings;
import io.consigne.spec.Kind;
import io.consigne.spec.Scenario;
import io.consigne.spec.Scenarios;
import io.consigne.spec.Script;
import io.consigne.spec.Slot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
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
  private static final URI SHARE = URI.create("https://files.example.org/dir/CiLKCBI7x2Qd");

  private static final TransferCalls.UploadPlace PLACE =
      new TransferCalls.UploadPlace("files.example.org", "kQ3xTb90Za");

  private static final TransferCalls.DownloadAddress DOWNLOAD =
      new TransferCalls.DownloadAddress(URI.create("https://files.example.org/p1058755667"));

  private static FileLink link(String name) {
    return new FileLink("https://files.example.org/?" + (name + "0".repeat(20)).substring(0, 20));
  }

  static Stream<Arguments> calls() {
    return Stream.of(
        of("folder/ls/folder", 1, FolderCalls.list(DOCS, true)),
        of("folder/mkdir/make", 0, FolderCalls.make(DOCS, "Notes")),
        of("folder/rm/remove", 0, FolderCalls.remove(DOCS)),
        of("folder/mv/documented", 0, FolderCalls.rename(new FolderId(1002), "Ideas")),
        of("folder/mv/documented", 2, FolderCalls.move(new FolderId(1002), new FolderId(1003))),
        of("folder/share/accounts", 0, FolderCalls.share(DOCS, guests())),
        of("folder/share/accounts", 10, FolderCalls.share(DOCS, List.of())),
        of("folder/leave/guest", 2, FolderCalls.leave(DOCS)),
        of("folder/share/public", 0, FolderCalls.publish(DOCS, null)),
        of("folder/share/accounts", 8, FolderCalls.unpublish(DOCS)),
        of("file/rm/own", 0, FileCalls.remove(List.of(HELLO, link("b")))),
        of("file/rename/rename", 2, FileCalls.rename(Map.of(HELLO, "hi.txt"))),
        of("file/info/own", 0, FileCalls.info(HELLO, null)),
        of(
            "file/chattr/attributes",
            1,
            FileCalls.change(List.of(HELLO), FileChange.NONE.describedAs("What it is"))),
        of(
            "file/chattr/attributes",
            2,
            FileCalls.change(List.of(HELLO), FileChange.NONE.shownInline(true))),
        of(
            "file/info/rules",
            0,
            FileCalls.change(
                List.of(HELLO),
                FileChange.NONE.openTo(
                    new AccessRules(List.of("192.0.2.0/24"), List.of(), List.of(), false)))),
        of("file/info/rules", 5, ruled(List.of(), List.of("bob@example.org"), false)),
        of(
            "file/info/rules",
            8,
            ruled(List.of(), List.of("bob@example.org", "carol@example.org"), true)),
        of("file/chattr/refused", 5, ruled(List.of("FR"), List.of(), false)),
        of(
            "file/info/rules",
            11,
            FileCalls.change(List.of(HELLO), FileChange.NONE.openTo(AccessRules.NONE))),
        of(
            "file/chattr/expiry",
            6,
            FileCalls.change(
                List.of(HELLO),
                FileChange.NONE.openTo(
                    new AccessRules(List.of("127.0.0.0/8"), List.of(), List.of(), false, END)))),
        of(
            "remote/request",
            0,
            RemoteCalls.request(
                new RemoteSources(
                    List.of("ftp://me:hush@localhost/a/file.iso"),
                    Map.of("Referer", "https://example.org/"),
                    Map.of()),
                DOCS)),
        of("remote/request", 2, RemoteCalls.list()),
        of("remote/request", 3, RemoteCalls.info(1004)),
        of("remote/request", 5, RemoteCalls.cancel(1004)),
        of("remote/request", 6, RemoteCalls.retry(1004)),
        of(
            "webhook/webhooks",
            0,
            WebhookCalls.add(
                "http://LOCALHOST/hook?token=hush", List.of("fetch.done", "key.made"))),
        of("webhook/webhooks", 2, WebhookCalls.list()),
        of("webhook/webhooks", 5, WebhookCalls.test(1004)),
        of("webhook/webhooks", 6, WebhookCalls.log(null, 1)),
        of("webhook/webhooks", 10, WebhookCalls.remove(1004)),
        of("file/ls/folder", 0, FileCalls.list(DOCS, null, null)),
        of("file/ls/everything", 0, FileCalls.listAll()),
        of("file/mv/between-accounts", 1, FileCalls.move(List.of(link("mine")), DOCS)),
        of("file/cp/refused", 2, FileCalls.copy(List.of(HELLO), DOCS, null)),
        of("user/info/read", 3, AccountCalls.info()),
        of("capabilities/list", 0, AccountCalls.capabilities()),
        of("download/get_token/download", 0, TransferCalls.token(HELLO, null, false)));
  }

  /** What is sent beside the calls. */
  @FunctionalInterface
  interface Sending {
    /** Sends it. */
    void by(Wire wire) throws IOException;
  }

  static Stream<Arguments> others() {
    return Stream.of(
        sent("key/restricted", 6, Wire::key),
        sent("upload/upload/one-file", 1, wire -> wire.upload(PLACE, hello())),
        sent("upload/upload/one-file", 2, wire -> wire.report(PLACE)),
        sent("download/get_token/download", 1, wire -> wire.download(DOWNLOAD, 0, -1).close()),
        sent("download/get_token/download", 3, wire -> wire.head(DOWNLOAD).close()),
        sent("dir/forms", 7, wire -> new PublicPages(wire).folder(SHARE, null)),
        sent("dir/password", 3, wire -> new PublicPages(wire).folder(SHARE, "wrong!")),
        sent("dir/password", 5, wire -> new PublicPages(wire).folder(SHARE, "secret6")),
        sent("dir/below", 4, wire -> new PublicPages(wire).open(SHARE, null)),
        sent("link/password", 3, wire -> new LinkPages(wire).open(HELLO, null)),
        sent("link/password", 4, wire -> new LinkPages(wire).open(HELLO, "secret6")));
  }

  private static Arguments sent(String id, int exchange, Sending sending) {
    return Arguments.of(id, exchange, sending);
  }

  private static MultipartBody hello() {
    byte[] bytes = "hello world\n".getBytes(UTF_8);
    var part =
        new UploadPart(
            "hello.txt", bytes.length, null, () -> new ByteArrayInputStream(bytes), _ -> {});
    return new MultipartBody("boundary", DOCS, List.of(part), () -> {});
  }

  private static Call<?> ruled(List<String> countries, List<String> emails, boolean paying) {
    var rules = new AccessRules(List.of(), countries, emails, paying);
    return FileCalls.change(List.of(HELLO), FileChange.NONE.openTo(rules));
  }

  private static Arguments of(String id, int exchange, Call<?> call) {
    return Arguments.of(id, exchange, (Sending) wire -> wire.send(call));
  }

  private static List<Guest> guests() {
    return List.of(
        new Guest("bob@example.org", true, false), new Guest("carol@example.org", true, true));
  }

  @ParameterizedTest
  @MethodSource({"calls", "others"})
  void request_isAsWritten(String id, int exchange, Sending sending) throws IOException {
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
      assertThatThrownBy(() -> sending.by(wire)).isInstanceOf(RefusedException.class);
    } else {
      sending.by(wire);
    }
    assertThat(script.isOver()).isTrue();
  }

  private static Bindings bindings() {
    var bindings = new Bindings();
    bindings.bind(new Slot(Kind.ORIGIN, ""), "https://files.example.org");
    bindings.bind(new Slot(Kind.HOST, ""), "files.example.org");
    for (String owner : List.of("alice", "bob", "phone")) {
      bindings.bind(new Slot(Kind.KEY, owner), KEY);
    }
    bindings.bind(new Slot(Kind.UPLOAD, "u"), PLACE.id());
    bindings.bind(new Slot(Kind.TOKEN, "d"), "1058755667");
    bindings.bind(new Slot(Kind.SHARE, "d"), "CiLKCBI7x2Qd");
    bindings.bind(new Slot(Kind.INSTANT, "end"), "2027-01-31T23:00:00Z");
    bindings.bind(new Slot(Kind.INT, "docs"), "1001");
    bindings.bind(new Slot(Kind.INT, "notes"), "1002");
    bindings.bind(new Slot(Kind.INT, "art"), "1003");
    bindings.bind(new Slot(Kind.INT, "one"), "1004");
    for (String file : List.of("hello", "b", "mine")) {
      bindings.bind(new Slot(Kind.ID, file), link(file).id());
    }
    for (String name : List.of("bob", "carol")) {
      bindings.bind(new Slot(Kind.EMAIL, name), name + "@example.org");
    }
    return bindings;
  }
}
