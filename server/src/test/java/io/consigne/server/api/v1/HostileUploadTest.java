package io.consigne.server.api.v1;

import static io.consigne.server.api.v1.Uploading.field;
import static io.consigne.server.api.v1.Uploading.file;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.server.api.v1.Talk.Said;
import io.consigne.server.http.HttpLimits;
import io.consigne.server.http.LogCapture;
import io.consigne.server.http.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of uploads that are not as they should be: each is refused, and nothing of it stays. */
@Timeout(120)
class HostileUploadTest {
  private static final String ALICE = "alice@example.org";
  private static final int SEED = 20261121;

  private final LogCapture log = new LogCapture();
  private WiredHost host;
  private Uploading alice;
  private long storeFiles;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    host = new WiredHost(folder, HttpLimits.DEFAULTS, true);
    host.account(ALICE);
    alice = new Uploading(host, ALICE);
    storeFiles = host.storeFiles();
  }

  /** After each: nothing was kept, nothing lies about, and the next upload is kept. */
  @AfterEach
  void close() {
    try {
      assertThat(alice.files()).isZero();
      assertThat(alice.bytes()).isZero();
      await().atMost(Duration.ofSeconds(20)).until(() -> host.storeFiles() == storeFiles);
      assertThat(alice.kept(alice.post(Uploading.body("", "next.txt", new byte[9]))).path("size"))
          .hasToString("\"9\"");
      assertThat(log.lines()).isEmpty();
    } finally {
      alice.close();
      host.close();
      log.close();
    }
  }

  private void refused(Said said, int status, String text) {
    assertThat(said.harmless().status()).as("%s", said).isEqualTo(status);
    assertThat(said.text()).startsWith("{\"status\":\"KO\",\"message\":\"" + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "OPTIONS"})
  void anotherMethod_isToldTheOnlyOne(String method) {
    try (var talk = new Talk(host.port())) {
      Said said = talk.ask(method + " /upload.cgi", "", "");
      refused(said, 405, "Method not allowed");
      assertThat(said.header("Allow")).contains("POST");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/plain                                  | Content-Type must be multipart/form-data",
        "multipart/mixed; boundary=edge              | Content-Type must be multipart/form-data",
        "multipart/form-data                         | Content-Type has no boundary",
        "multipart/form-data; boundary=              | Boundary must be 1 to 70 characters",
        "multipart/form-data; boundary=\"\"          | Boundary must be 1 to 70 characters",
        "multipart/form-data; boundary=a*b           | Boundary must be 1 to 70 characters",
        "multipart/form-data; boundary=\"edge        | Closing quote is missing",
        "multipart/form-data; boundary=edge; boundary=b | Parameter boundary is there twice",
      })
  void boundary_thatIsNone_isRefused(String type, String text) {
    byte[] body = Uploading.body("", "a.txt", new byte[100]);
    refused(alice.post("Content-Type: " + type + "|", body), 400, text);
  }

  @Test
  void boundary_thatIsMissingOrLong_isRefused() {
    byte[] body = Uploading.body("", "a.txt", new byte[100]);
    refused(alice.post("", body), 400, "Content-Type must be multipart/form-data");
    String type = "Content-Type: multipart/form-data; boundary=" + "x".repeat(71) + "|";
    refused(alice.post(type, body), 400, "Boundary must be 1 to 70 characters");
    String other = "Content-Type: multipart/form-data; boundary=other|";
    refused(alice.post(other, body), 400, "The body ended before its closing boundary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--edge\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\"",
        "--edge\r\nX-A: ",
        "--edge\r\nX-A: b\r\nX-B: ",
        "--edge ",
        "--edge\r\n",
      })
  void header_ofTwoGigabytes_isRefusedEarly(String begin) throws Exception {
    for (String who : new String[] {host.bearer(ALICE), ""}) {
      try (Wire wire = new Wire(host.port())) {
        wire.send("POST /upload.cgi HTTP/1.1|Host: a|" + Uploading.TYPE + who)
            .send("Content-Length: " + (2L << 30) + "||")
            .send(begin.getBytes(UTF_8));
        byte[] more = new byte[1 << 20];
        Arrays.fill(more, (byte) 'x');
        assertThat(sendUntilCutOff(wire, more)).isLessThan(100);
        assertThat(wire.head()).startsWith("HTTP/1.1 413").contains("Connection: close");
      }
    }
  }

  /** How many pieces were taken. */
  private static int sendUntilCutOff(Wire wire, byte[] piece) throws IOException {
    for (int sent = 0; sent < 2048; sent++) {
      if (wire.in().available() > 0) {
        return sent;
      }
      try {
        wire.send(piece);
      } catch (IOException cutOff) {
        return sent;
      }
    }
    return 2048;
  }

  @Test
  void body_cutAnywhere_keepsNothing() {
    byte[] whole =
        Uploading.body(
            field("did", "0") + file("first.txt") + "first\r\n" + field("mtime", "1"),
            "second.txt",
            "second".getBytes(UTF_8));
    int end = new String(whole, UTF_8).indexOf("--edge--") + "--edge--".length();
    for (int cut = 0; cut < end; cut++) {
      Said said = alice.post(Arrays.copyOf(whole, cut));
      refused(said, 400, "The body ended before its closing boundary");
    }
    System.out.printf("uploads: cut at %d places, nothing kept%n", end);
  }

  /** The connection ends, or is reset, in the middle of a larger body. */
  @Test
  void connection_thatEndsAnywhere_keepsNothing() throws Exception {
    var random = new Random(SEED);
    byte[] content = new byte[700_000];
    random.nextBytes(content);
    byte[] whole = Uploading.body(field("did", "0"), "large.bin", content);
    for (int round = 0; round < 40; round++) {
      int cut = random.nextInt(whole.length);
      try (Wire wire = new Wire(host.port())) {
        wire.send("POST /upload.cgi?id=same HTTP/1.1|Host: a|" + Uploading.TYPE)
            .send(host.bearer(ALICE) + length(round, whole.length) + "|");
        wire.send(round % 2 == 0 ? Arrays.copyOf(whole, cut) : chunk(whole, cut));
      }
    }
    await().atMost(Duration.ofSeconds(30)).until(() -> isFree("same"));
  }

  private static String length(int round, int length) {
    return round % 2 == 0 ? "Content-Length: " + length + "|" : "Transfer-Encoding: chunked|";
  }

  private static byte[] chunk(byte[] whole, int cut) {
    byte[] head = (Integer.toHexString(whole.length) + "\r\n").getBytes(UTF_8);
    byte[] chunk = Arrays.copyOf(head, head.length + cut);
    System.arraycopy(whole, 0, chunk, head.length, cut);
    return chunk;
  }

  /** An id of an upload that was not whole may be used again. */
  private boolean isFree(String id) {
    Said said = alice.ask("POST /upload.cgi?id=" + id, Uploading.TYPE, "--edge--\r\n");
    assertThat(said.status()).isIn(400, 409);
    return said.status() == 400 && said.text().contains("has no file");
  }

  @ParameterizedTest
  @CsvSource({
    "mtime, yesterday, 400, mtime must be seconds since 1970",
    "mtime, 1e30000000, 400, mtime must be seconds since 1970",
    "mtime, 99999999999999999999, 400, mtime must be seconds since 1970",
    "mtime, 10000-01-01T00:00:00Z, 400, mtime must be seconds since 1970",
    "dpass, short, 400, dpass must have 6 to 250 characters: 5 characters",
  })
  void field_thatIsWrong_isNamed(String name, String value, int status, String text) {
    Said said = alice.post(Uploading.body(field(name, value), "a.txt", new byte[10]));
    refused(said, status, text);
  }

  @Test
  void fields_withoutEnd_areBounded() {
    String huge = "x".repeat(20_000);
    for (String name : new String[] {"did", "domain", "dpass", "user", "pass", "mtime"}) {
      Said said = alice.post(Uploading.body(field(name, huge), "a.txt", new byte[10]));
      refused(said, 413, "Field " + name + " is larger than 16384 bytes");
    }
    String many = field("x", "y").repeat(WireLimits.UPLOAD_PARTS);
    refused(
        alice.post(Uploading.body(many, "a.txt", new byte[10])),
        413,
        "The body has more than 2100 parts");
    refused(
        alice.post(Uploading.body(field("any", "x".repeat(262_145)), "a.txt", new byte[10])),
        413,
        "All fields together are larger than 262144 bytes");
    refused(
        alice.post(
            Uploading.body(field("pass", "x".repeat(16_000)).repeat(17), "a.txt", new byte[1])),
        413,
        "All fields together are larger than 262144 bytes");
    refused(
        post("x".repeat(16_385) + "\r\n" + file("a") + "x\r\n--edge--"),
        413,
        "More than 16384 bytes stand before the first boundary");
    String named = file("a").replace("file[]", "attached") + "x\r\n--edge--";
    // Without an id it may be the guide's, where such a field may have any name.
    Said said = alice.ask("POST /upload.cgi?id=named", Uploading.TYPE, named);
    refused(said, 400, "file field must be called file[]: attached");
  }

  @Test
  void parts_thatAreNone_areRefused() {
    String end = "\r\n\r\nx\r\n--edge--";
    refused(post("--edge\r\n\r\nx\r\n--edge--"), 400, "A part has no Content-Disposition");
    refused(post("--edge\r\nno header" + end), 400, "Not a header of a part: no header");
    refused(post("--edge\r\nA: b\nC: d" + end), 400, "Not a header of a part: A: b");
    refused(post("--edge\r\nA: b\u0000" + end), 400, "The headers of a part contain a NUL");
    refused(post("--edge\r\nContent-Disposition: inline" + end), 400, "Content-Disposition must");
    refused(
        post(
            "--edge\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\"a\"\r\n"
                + "Content-Transfer-Encoding: base64"
                + end),
        400,
        "Content-Transfer-Encoding is not supported: base64");
    refused(post("--edge--"), 400, "upload");
    refused(post(""), 400, "The body ended before its closing boundary");
  }

  private Said post(String body) {
    return alice.post(body.getBytes(UTF_8));
  }

  /** Before the first file it is not known who sends: a stranger filled the memory with fields. */
  @Test
  void strangers_withHundredsOfFields_takeLittleMemory() throws Exception {
    long before = usedHeap();
    var wires = new Wire[60];
    try {
      for (int i = 0; i < wires.length; i++) {
        wires[i] = new Wire(host.port());
        wires[i]
            .send("POST /upload.cgi HTTP/1.1|Host: a|" + Uploading.TYPE)
            .send("Transfer-Encoding: chunked||");
        for (int f = 0; f < 400; f++) {
          byte[] field = field("field" + f, "x".repeat(16_000)).getBytes(UTF_8);
          wires[i].send(Integer.toHexString(field.length) + "|").send(field).send("|");
        }
      }
      long grown = usedHeap() - before;
      System.out.printf(
          "memory: %d strangers sent %d MB of fields, heap grew by %d MB%n",
          wires.length, wires.length * 400L * 16_000 / 1_000_000, grown / 1_000_000);
      assertThat(grown).isLessThan(64_000_000);
    } finally {
      for (Wire wire : wires) {
        if (wire != null) {
          wire.close();
        }
      }
    }
  }

  /** Large JSON bodies wait for their turn, so that not all of them are in memory at once. */
  @Test
  void callers_withLargeBodies_takeLittleMemory() throws Exception {
    long before = usedHeap();
    var wires = new Wire[40];
    byte[] most = ("{\"a\":[" + "{},".repeat(1_300_000)).getBytes(UTF_8);
    try {
      for (int i = 0; i < wires.length; i++) {
        wires[i] = new Wire(host.port());
        wires[i]
            .send("POST /v1/user/info.cgi HTTP/1.1|Host: a|Content-Type: application/json|")
            .send(host.bearer(ALICE) + "Content-Length: 4000000||");
        Wire wire = wires[i];
        Thread.ofVirtual().start(() -> sendQuietly(wire, most));
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> refusals(wires) > wires.length / 2);
      assertThat(usedHeap() - before).isLessThan(128_000_000);
    } finally {
      for (Wire wire : wires) {
        wire.close();
      }
    }
  }

  private static void sendQuietly(Wire wire, byte[] bytes) {
    try {
      wire.send(bytes);
    } catch (IOException refused) {
      // It is told so.
    }
  }

  private static long refusals(Wire[] wires) throws IOException {
    long count = 0;
    for (Wire wire : wires) {
      count += wire.in().available() > 0 ? 1 : 0;
    }
    return count;
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
