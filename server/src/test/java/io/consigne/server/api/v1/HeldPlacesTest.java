package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.consigne.core.limits.CallsAtOnce.Most;
import io.consigne.server.http.Wire;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Strangers that send nothing of what they announced, or take nothing of long pages. Those at two
 * addresses, and anybody behind the same address, kept all others from uploads and pages.
 */
@Timeout(60)
class HeldPlacesTest {
  private static final String ALICE = "alice@example.org";
  private static final String JSON = "Content-Type: application/json|";

  /** More than there are places for strangers at one address. */
  private static final int EACH = Most.OPEN.ofOne() + 8;

  /** How many requests fill a folder of which the listing is not sent at once. */
  private static final int LONG = 4;

  /** The same of its page. */
  private static final int LONG_PAGE = 16;

  @TempDir private Path folder;

  /** Each is asked for its body, so nothing that it holds is in short supply. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/upload/get_upload_server.cgi",
        "/v1/key/report.cgi",
        "/v1/folder/list.cgi?api_key=none",
        "/check_links.pl",
        "/remove/abcdefghij0123456789/abcdef",
        "/dir/AbCdEfGh"
      })
  void strangersThatSendNothing_keepNobodyWaiting(String target) throws IOException {
    String post = "POST " + target + " HTTP/1.1|Host: a|Authorization: Bearer none|" + JSON;
    try (var host = TestHost.sqlite(folder, false)) {
      int port = URI.create(host.origin()).getPort();
      var silent = new ArrayList<Wire>();
      for (int i = 0; i < 2 * EACH; i++) {
        Wire wire = new Wire(port, i % 2 == 0 ? "127.0.0.2" : "127.0.0.3");
        silent.add(wire.send(post + "Expect: 100-continue|Content-Length: 100||"));
      }
      for (Wire wire : silent) {
        assertThat(wire.head()).startsWith("HTTP/1.1 100");
      }
      String server = RawCall.send(port, "GET /v1/upload/get_upload_server.cgi", JSON, "");
      assertThat(RawCall.status(server)).isEqualTo(200);
      for (Wire wire : silent) {
        wire.close();
      }
    }
  }

  /** They are held in memory, so few come at a time. */
  @Test
  void largeBodiesThatDoNotCome_keepNobodyFromShortOnes() throws IOException {
    String head = "POST /check_links.pl HTTP/1.1|Host: a|Content-Length: 20000||";
    try (var host = new WiredHost(folder)) {
      var slow = new ArrayList<Wire>();
      for (int i = 0; i < EACH; i++) {
        slow.add(new Wire(host.port()).send(head + "x".repeat(9_000)));
      }
      for (int i = 0; i < EACH; i++) {
        String links = RawCall.send(host.port(), "POST /check_links.pl", "", "links[]=none");
        assertThat(links).startsWith("HTTP/1.1 200 ").endsWith("none;;;BAD LINK\n");
      }
      for (Wire wire : slow) {
        wire.close();
      }
    }
  }

  /** Uploads, their reports and pages of those who share the address with such a visitor. */
  @Test
  void folderPagesThatNobodyTakes_keepNobodyFromUploads() throws IOException {
    try (var host = new WiredHost(folder)) {
      host.account(ALICE);
      try (var alice = new Uploading(host, ALICE)) {
        String page = longFolder(alice);
        var greedy = new ArrayList<Wire>();
        for (int i = 0; i < EACH; i++) {
          greedy.add(sluggish(host).send("GET " + page + " HTTP/1.1|Host: a||"));
        }
        await().until(() -> answered(greedy) >= Most.OPEN.ofOne());
        List<String> others =
            List.of("GET /v1/upload/get_upload_server.cgi", "GET /", "GET /?" + "z".repeat(20));
        assertThat(others)
            .extracting(line -> RawCall.status(RawCall.send(host.port(), line, JSON, "")))
            .containsExactly(200, 200, 404);
        byte[] file = Uploading.body("", "one", new byte[10]);
        String link = alice.kept(alice.post(file)).path("download").asString();
        assertThat(link).contains("/?");
        for (Wire wire : greedy) {
          wire.close();
        }
      }
    }
  }

  /** It was shown to whoever had asked before, which may be a while ago. */
  @Test
  void folderThatIsClosedWhileItsPageWaits_isNotShown() throws IOException {
    try (var host = new WiredHost(folder)) {
      host.account(ALICE);
      try (var alice = new Uploading(host, ALICE)) {
        String page = longFolder(alice);
        var greedy = new ArrayList<Wire>();
        for (int i = 0; i < Most.OPEN.ofOne(); i++) {
          greedy.add(sluggish(host).send("GET " + page + " HTTP/1.1|Host: a||"));
        }
        await().until(() -> answered(greedy) == greedy.size());
        long id = folder(alice, "Short", 1);
        String closed = share(alice, id, 1);
        Wire waiting = new Wire(host.port());
        String head = "POST " + closed + " HTTP/1.1|Host: a|Expect: 100-continue|";
        waiting.send(head + "Connection: close|Content-Length: 6||");
        assertThat(waiting.head()).startsWith("HTTP/1.1 100");
        waiting.send("pass=x");
        await().until(this::somebodyWaits);
        share(alice, id, 0);
        greedy.getFirst().close();
        assertThat(new String(waiting.rest(), UTF_8)).startsWith("HTTP/1.1 404");
        waiting.close();
        for (Wire wire : greedy) {
          wire.close();
        }
      }
    }
  }

  /** Whether a thread of the host waits for its turn to answer. */
  private boolean somebodyWaits() throws IOException {
    Path threads = folder.resolve("threads-" + System.nanoTime());
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(threads.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
    return Files.readString(threads).contains(".CallsAtOnce.enter(");
  }

  /** One with a /61 of IPv6 has eight of them. */
  @Test
  void folderPagesThatSevenAddressesHardlyTake_keepNobodyFromPages() throws IOException {
    try (var host = new WiredHost(folder)) {
      host.account(ALICE);
      try (var alice = new Uploading(host, ALICE)) {
        String page = longFolder(alice);
        var greedy = new ArrayList<Wire>();
        for (int address = 2; address <= 8; address++) {
          int before = greedy.size();
          for (int i = 0; i < Math.ceilDiv(Most.OPEN.ofAll() - before, 2); i++) {
            Wire wire = sluggish(host, "127.0.0." + address);
            greedy.add(wire.send("GET " + page + " HTTP/1.1|Host: a||"));
          }
          await().until(() -> answered(greedy) == greedy.size());
        }
        assertThat(greedy).hasSize(Most.OPEN.ofAll());
        long began = System.nanoTime();
        String answer = RawCall.send(host.port(), "GET " + page + "?json=1", "", "");
        assertThat(RawCall.status(answer)).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
            .as("time until room is made, at a host that was full")
            .isGreaterThanOrEqualTo(Duration.ofSeconds(3));
        for (Wire wire : greedy) {
          wire.close();
        }
      }
    }
  }

  /** Three of them held all places that calls with a key have. */
  @Test
  void listingsThatAFewAccountsDoNotTake_keepNobodyFromCalls() throws IOException {
    try (var host = new WiredHost(folder)) {
      host.account(ALICE);
      var greedy = new ArrayList<Wire>();
      for (int account = 0, answered = 0; account < 3; account++) {
        String email = "greedy" + account + "@example.org";
        host.account(email);
        try (var owner = new Uploading(host, email)) {
          fill(owner, 0, LONG);
        }
        for (int i = 0; i < Most.KNOWN.ofOne(); i++) {
          String head = "POST /v1/file/ls.cgi HTTP/1.1|Host: a|" + JSON + host.bearer(email);
          greedy.add(sluggish(host).send(head + "Content-Length: 2||{}"));
        }
        answered += Most.KNOWN.ofOne() / (account + 1);
        int atLeast = answered;
        await().atMost(Duration.ofMinutes(1)).until(() -> answered(greedy) >= atLeast);
      }
      try (var alice = new Uploading(host, ALICE)) {
        assertThat(alice.call("folder/ls.cgi", "{}").status()).isEqualTo(200);
      }
      for (Wire wire : greedy) {
        wire.close();
      }
    }
  }

  /** Each held one of the eight places that large bodies of all accounts have. */
  @Test
  void largeBodyOfAnAccountThatHasAllItsPlaces_isHeldForAMoment() throws IOException {
    try (var host = new WiredHost(folder)) {
      host.account(ALICE);
      try (var alice = new Uploading(host, ALICE)) {
        fill(alice, 0, LONG);
        var greedy = new ArrayList<Wire>();
        String head = "POST /v1/file/ls.cgi HTTP/1.1|Host: a|" + JSON + host.bearer(ALICE);
        for (int i = 0; i < Most.KNOWN.ofOne(); i++) {
          greedy.add(sluggish(host).send(head + "Content-Length: 2||{}"));
        }
        await().until(() -> answered(greedy) == greedy.size());
        long began = System.nanoTime();
        String body = " ".repeat(WireLimits.LARGE_JSON_BODY_BYTES) + "{}";
        assertThat(alice.call("file/ls.cgi", body).text())
            .contains("Only 32 requests are answered at a time");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Most.KNOWN.own());
        for (Wire wire : greedy) {
          wire.close();
        }
      }
    }
  }

  /** How many have the beginning of an answer. */
  private static int answered(List<Wire> wires) throws IOException {
    int answered = 0;
    for (Wire wire : wires) {
      answered += wire.in().available() > 0 ? 1 : 0;
    }
    return answered;
  }

  private static String longFolder(Uploading alice) {
    return share(alice, folder(alice, "Long", LONG_PAGE), 1);
  }

  private static long folder(Uploading alice, String name, int requests) {
    long made =
        Uploading.json(alice.call("folder/mkdir.cgi", "{\"name\":\"" + name + "\"}"))
            .path("folder_id")
            .asLong();
    fill(alice, made, requests);
    return made;
  }

  /** Opens a folder to the public, or closes it; returns the path of its page. */
  private static String share(Uploading alice, long folder, int open) {
    return alice
        .call("folder/share.cgi", "{\"folder_id\":" + folder + ",\"share\":" + open + "}")
        .text()
        .replaceFirst("(?s).*(/dir/[0-9A-Za-z]+).*", "$1");
  }

  /** The names alone are more than the buffers of two sockets hold. */
  private static void fill(Uploading owner, long folder, int requests) {
    for (int i = 0; i < requests; i++) {
      var fields = new StringBuilder(Uploading.field("did", Long.toString(folder)));
      for (int j = 0; j < 480; j++) {
        fields.append(Uploading.file("\u20ac".repeat(240) + i + "-" + j)).append("x\r\n");
      }
      byte[] body = Uploading.body(fields.toString(), "last " + i, "x".getBytes(UTF_8));
      assertThat(owner.post(body).status()).isEqualTo(302);
    }
  }

  private static Wire sluggish(WiredHost host) throws IOException {
    return sluggish(host, "127.0.0.1");
  }

  private static Wire sluggish(WiredHost host, String from) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(1);
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), host.port()));
    return new Wire(socket);
  }
}
