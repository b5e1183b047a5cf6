package io.consigne.server.api.v1;

import static io.consigne.server.api.v1.Uploading.field;
import static io.consigne.server.api.v1.Uploading.file;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.EmailAddress;
import io.consigne.core.ids.AccountId;
import io.consigne.server.http.HttpLimits;
import io.consigne.server.http.Wire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What nobody has room for is off the disk before its last byte has come, whoever sends it, and is
 * answered as at the end: one upload filled the disk of a host, whatever the quota was.
 */
class CrowdedUploadsTest {
  private static final String ALICE = "alice@example.org";
  private static final String BOB = "bob@example.org";
  private static final long ROOM = 1_000_000;
  private static final int SIZE = 4_000_000;
  private static final String END = "\r\n--edge--\r\n";

  @TempDir private Path folder;
  private WiredHost host;
  private Uploading bob;
  private long docs;

  @BeforeEach
  void start() throws IOException {
    host = new WiredHost(folder, HttpLimits.DEFAULTS, true);
    host.account(ALICE);
    host.account(BOB);
    bob = new Uploading(host, BOB);
    try (var alice = new Uploading(host, ALICE)) {
      var made = alice.call("folder/mkdir.cgi", "{\"folder_id\":0,\"name\":\"Docs\"}");
      docs = Uploading.json(made).path("folder_id").asLong();
      String share = ",\"shares\":[{\"email\":\"" + BOB + "\",\"rw\":1}]}";
      assertThat(alice.call("folder/share.cgi", "{\"folder_id\":" + docs + share).status())
          .isEqualTo(200);
    }
  }

  @AfterEach
  void stop() {
    bob.close();
    host.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/upload.cgi?id=a, key, '', bob@example.org, told",
    "/upload.cgi?id=b, key, did, alice@example.org, untold",
    "/upload.cgi?id=c, nobody, '', guests, untold",
    "/upload.cgi?id=d, nobody, user, alice@example.org, untold",
    "/upload/upload.cgi, key, '', bob@example.org, told",
    "/upload/upload.cgi, key, did, alice@example.org, untold",
    "/upload/upload.cgi?folder_id=DOCS, key, '', alice@example.org, untold",
  })
  void fileBeyondTheQuota_isNotKeptOnTheDisk(
      String path, String who, String field, String payer, String figures) throws IOException {
    setQuota(payer, ROOM);
    if (who.equals("key")) {
      setQuota(payer.equals(BOB) ? ALICE : BOB, 0);
    }
    try (Wire wire = new Wire(host.port())) {
      String fields = fields(field);
      byte[] begin = (fields + file("large.bin")).getBytes(UTF_8);
      wire.send("POST " + path.replace("DOCS", "" + docs) + " HTTP/1.1|Host: a|" + Uploading.TYPE)
          .send(who.equals("key") ? host.bearer(BOB) : "")
          .send("Content-Length: " + (begin.length + SIZE + END.length()) + "||")
          .send(begin)
          .send(new byte[800_000]);
      await().atMost(Duration.ofSeconds(20)).until(() -> incoming() == 1);

      wire.send(new byte[1_200_000]);
      await().atMost(Duration.ofSeconds(20)).until(() -> incoming() == 0);

      wire.send(new byte[SIZE - 2_000_000]).send(END.getBytes(UTF_8));
      String answer = wire.answer();
      assertThat(answer)
          .startsWith("HTTP/1.1 507")
          .contains("\"Storage quota exceeded")
          .doesNotContain("Connection: close");
      String told = ": " + SIZE + " bytes needed, " + ROOM + " left";
      assertThat(answer.contains(told)).as(answer).isEqualTo(figures.equals("told"));
    }
    assertThat(bob.files()).isZero();
  }

  private String fields(String field) {
    return switch (field) {
      case "did" -> field("did", "" + docs);
      case "user" -> field("user", ALICE);
      default -> "";
    };
  }

  @Test
  void otherFilesOfTheUpload_areKept() throws IOException {
    setQuota(BOB, ROOM);
    setQuota(ALICE, 0);
    var body = new ByteArrayOutputStream();
    body.writeBytes((file("small.txt") + "hello\r\n" + file("large.bin")).getBytes(UTF_8));
    body.write(new byte[SIZE]);
    body.writeBytes(("\r\n" + file("last.txt") + "bye" + END).getBytes(UTF_8));
    Talk.Said posted = bob.post(body.toByteArray());
    assertThat(bob.kept(posted).path("filename").asString()).isEqualTo("small.txt");
    String report = "GET " + posted.header("Location").orElseThrow();
    assertThat(Uploading.json(bob.ask(report, "JSON: 1|", "")).path("refused").toString())
        .isEqualTo(
            "[{\"filename\":\"large.bin\",\"size\":\"4000000\",\"message\":\"Storage quota"
                + " exceeded: 4000000 bytes needed, 999995 left\"}]");
    assertThat(bob.files()).isEqualTo(2);
    assertThat(bob.bytes()).isEqualTo(8);
  }

  /** The folder may be named behind the file, and have the room that the sender lacks. */
  @Test
  void folderNamedBehindTheFile_countsAsBefore() throws IOException {
    setQuota(BOB, 0);
    var body = new ByteArrayOutputStream();
    body.writeBytes(file("large.bin").getBytes(UTF_8));
    body.write(new byte[SIZE]);
    String did = field("did", "" + docs);
    body.writeBytes(("\r\n" + did + "--edge--\r\n").getBytes(UTF_8));
    assertThat(bob.post(body.toByteArray()).status()).isEqualTo(302);
    assertThat(host.domain().accounts().get(account(ALICE)).usedBytes()).isEqualTo(SIZE);
  }

  private void setQuota(String email, long bytes) {
    host.domain().accounts().setAllowance(account(email), allowance -> allowance.withBytes(bytes));
  }

  private AccountId account(String email) {
    String key = email.equals("guests") ? Accounts.GUESTS : EmailAddress.keyOf(email);
    return new AccountId(
        host.database()
            .<Long>read(sql -> sql.number("SELECT id FROM accounts WHERE email_key = ?", key)));
  }

  /** How many store files are being received. */
  private long incoming() {
    try (Stream<Path> files = Files.list(folder.resolve("blobs").resolve("incoming"))) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
