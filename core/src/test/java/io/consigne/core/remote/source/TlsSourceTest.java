package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import io.consigne.core.ids.AccountId;
import io.consigne.core.remote.source.SourceException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secure source is the one that was named, or none. */
@Timeout(60)
final class TlsSourceTest {
  private static final AccountId ASKER = new AccountId(1);

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final byte[] FILE =
      "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfile".getBytes(US_ASCII);

  @TempDir private static Path directory;
  private static SSLContext tls;

  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = directory.resolve("source.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "source",
                "-keyalg",
                "EC",
                "-dname",
                "CN=source",
                "-ext",
                "san=dns:source.example",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    assertThat(keytool.waitFor()).isZero();
    tls = context(store);
  }

  private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    var ours = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    ours.init(keys, PASSWORD);
    var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(ours.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  private static InetAddress[] lookup(String host) {
    return new InetAddress[] {InetAddress.ofLiteral(HostileServer.ADDRESS)};
  }

  private static HostileServer secure(HostileServer.Script script) throws IOException {
    return new HostileServer(HostileServer.ADDRESS, socket -> script.talk(serverSide(socket)));
  }

  private static SSLSocket serverSide(Socket socket) throws IOException {
    var secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
    secure.setUseClientMode(false);
    return secure;
  }

  private static void sendFile(Socket socket) throws IOException {
    assertThat(socket.getInputStream().read(new byte[1000])).isPositive();
    socket.getOutputStream().write(FILE);
    socket.close();
  }

  @Test
  void sourceWithItsCertificate_isHeard() throws IOException {
    try (var lab = new Lab(TlsSourceTest::lookup, tls.getSocketFactory());
        HostileServer server = secure(TlsSourceTest::sendFile)) {
      assertThat(lab.bytes("https://source.example:" + server.port() + "/a.zip"))
          .isEqualTo("file".getBytes(US_ASCII));
    }
  }

  private static HostileServer endless(HostileServer.Script end) throws IOException {
    return new HostileServer(
        HostileServer.ADDRESS,
        socket -> {
          SSLSocket secure = serverSide(socket);
          assertThat(secure.getInputStream().read(new byte[1000])).isPositive();
          secure.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\nfile".getBytes(US_ASCII));
          end.talk(secure);
        });
  }

  @Test
  void fileWithoutLength_endsWithAGoodbye() throws IOException {
    try (var lab = new Lab(TlsSourceTest::lookup, tls.getSocketFactory());
        HostileServer server = endless(Socket::close)) {
      assertThat(lab.bytes("https://source.example:" + server.port() + "/a.zip"))
          .isEqualTo("file".getBytes(US_ASCII));
    }
  }

  /** Whoever was between could shorten it: it was kept as whole. */
  @Test
  void fileWithoutLength_thatIsCutOff_isNotWhole() throws IOException {
    try (var lab = new Lab(TlsSourceTest::lookup, tls.getSocketFactory());
        HostileServer server = endless(secure -> {})) {
      String url = "https://source.example:" + server.port() + "/a.zip";
      SourceException refusal = catchThrowableOfType(SourceException.class, () -> lab.bytes(url));
      assertThat(refusal)
          .hasMessage("The connection was cut off, and no length tells whether all came");
      assertThat(refusal.again()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"other.example", "127.0.0.2", "a.source.example"})
  void sourceWithTheCertificateOfAnother_isNot(String host) throws IOException {
    try (var lab = new Lab(TlsSourceTest::lookup, tls.getSocketFactory());
        HostileServer server = secure(TlsSourceTest::sendFile)) {
      SourceException refusal = lab.refusal("https://" + host + ":" + server.port() + "/a.zip");
      assertThat(refusal.reason()).isEqualTo(Reason.UNTRUSTED);
      assertThat(refusal)
          .hasMessage(
              "No secure connection to " + host + " can be made: its certificate is not good");
    }
  }

  @Test
  void sourceThatNobodyVouchesFor_isNot() throws IOException {
    try (var lab = new Lab(TlsSourceTest::lookup);
        HostileServer server = secure(TlsSourceTest::sendFile)) {
      assertThat(lab.reason("https://source.example:" + server.port() + "/a.zip"))
          .isEqualTo(Reason.UNTRUSTED);
    }
  }

  @Test
  void sourceWithoutTls_isNot() throws IOException {
    try (var lab = new Lab(TlsSourceTest::lookup, tls.getSocketFactory());
        var server = new HostileServer(HostileServer.ADDRESS, TlsSourceTest::sendFile)) {
      SourceException refusal = lab.refusal("https://source.example:" + server.port() + "/a.zip");
      assertThat(refusal.reason()).isEqualTo(Reason.UNTRUSTED);
      assertThat(refusal)
          .hasMessage("No secure connection to source.example can be made: it speaks another TLS");
    }
  }

  /** Says goodbye as soon as the other side has begun, as a server does that is started again. */
  private static void hangUp(Socket socket) throws IOException {
    assertThat(socket.getInputStream().read(new byte[1000])).isPositive();
    socket.shutdownOutput();
    socket.getInputStream().transferTo(nowhere());
  }

  /** Once such a source was given up: its certificate was not good. */
  @Test
  void sourceThatHangsUpDuringTheHandshake_isAskedAgain() throws IOException {
    try (var lab = new Lab(TlsSourceTest::lookup, tls.getSocketFactory());
        var server = new HostileServer(HostileServer.ADDRESS, TlsSourceTest::hangUp)) {
      SourceException refusal = lab.refusal("https://source.example:" + server.port() + "/a.zip");
      assertThat(refusal).hasMessage("source.example closed the connection without an answer");
      assertThat(refusal.again()).isTrue();
    }
  }

  @Test
  void ftpServerThatHangsUpDuringTheHandshake_isAskedAgain() throws IOException {
    try (var lab = new Lab(TlsSourceTest::lookup, tls.getSocketFactory());
        var server =
            new HostileServer(
                HostileServer.ADDRESS,
                socket -> {
                  socket.getOutputStream().write("220 Hello\r\n".getBytes(US_ASCII));
                  assertThat(socket.getInputStream().read(new byte[1000])).isPositive();
                  socket.getOutputStream().write("234 Begin\r\n".getBytes(US_ASCII));
                  hangUp(socket);
                })) {
      SourceException refusal = lab.refusal("ftps://source.example:" + server.port() + "/a.zip");
      assertThat(refusal).hasMessage("source.example closed the connection without an answer");
      assertThat(refusal.again()).isTrue();
    }
  }

  @Test
  void sourceThatBreaksDuringTheHandshake_isAskedAgain() throws IOException {
    try (var lab = new Lab(TlsSourceTest::lookup, tls.getSocketFactory());
        var server =
            new HostileServer(
                HostileServer.ADDRESS,
                socket -> {
                  assertThat(socket.getInputStream().read(new byte[1000])).isPositive();
                  socket.setSoLinger(true, 0);
                })) {
      assertThat(lab.refusal("https://source.example:" + server.port() + "/a.zip").again())
          .isTrue();
    }
  }

  /** Below TLS lies a guarded socket: its patience holds for the handshake, too. */
  @Test
  void silentHandshake_endsInTime() throws IOException {
    try (var lab = new Lab(TlsSourceTest::lookup, tls.getSocketFactory());
        var server =
            new HostileServer(
                HostileServer.ADDRESS, socket -> socket.getInputStream().transferTo(nowhere()))) {
      assertThat(lab.refusal("https://source.example:" + server.port() + "/a.zip"))
          .hasMessage("The source did not answer within 2.0 seconds");
    }
  }

  /** More than the buffers of two sockets hold. */
  @Test
  @Timeout(value = 30, threadMode = SEPARATE_THREAD)
  void sourceThatReadsNothingAfterTheHandshake_isGivenUpInTime() throws IOException {
    var over = new CountDownLatch(1);
    try (var lab = new Lab(TlsSourceTest::lookup, tls.getSocketFactory());
        HostileServer server =
            secure(socket -> {
              ((SSLSocket) socket).startHandshake();
              awaitQuietly(over);
            })) {
      SourceUrl url = SourceUrl.parse("https://source.example:" + server.port() + "/hook");
      byte[] text = new byte[32 << 20];
      assertThat(
              catchThrowableOfType(
                  SourceException.class,
                  () -> lab.sources.post(ASKER, url, SourceHeaders.NONE, text)))
          .hasMessage("The source did not answer within 2.0 seconds");
    } finally {
      over.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static OutputStream nowhere() {
    return OutputStream.nullOutputStream();
  }

  @Test
  void secureRedirection_toPrivateAddress_isNotFollowed() throws IOException {
    try (var witness = new Witness("127.0.0.1");
        var lab = new Lab(TlsSourceTest::lookup, tls.getSocketFactory());
        HostileServer server =
            secure(socket -> {
              assertThat(socket.getInputStream().read(new byte[1000])).isPositive();
              String answer =
                  "HTTP/1.1 302 Found\r\nLocation: https://127.0.0.1:"
                      + witness.port()
                      + "/\r\n\r\n";
              socket.getOutputStream().write(answer.getBytes(US_ASCII));
              socket.close();
            })) {
      assertThat(lab.reason("https://source.example:" + server.port() + "/a.zip"))
          .isEqualTo(Reason.FORBIDDEN);
      witness.sawNobody();
    }
  }

  @Test
  void ftpServerWithoutTls_isToldNoPassword() throws IOException {
    FtpScript script = new FtpScript().reply("AUTH", "500 What?");
    try (var lab = new Lab();
        var server = new HostileServer(HostileServer.ADDRESS, script)) {
      SourceException refusal =
          lab.refusal("ftps://alice:hunter2@127.0.0.2:" + server.port() + "/a.zip");
      assertThat(refusal).hasMessage("127.0.0.2 offers no secure connection (reply 500)");
      assertThat(refusal.reason()).isEqualTo(Reason.UNTRUSTED);
      assertThat(script.commands).containsExactly("AUTH TLS");
    }
  }

  @Test
  void ftpAtThePortForTls_isSecureFromItsFirstByte() throws IOException {
    FtpScript script = new FtpScript().reply("PROT", "536 No");
    try (var names = new Lookups(TlsSourceTest::lookup, Lab.POLICY.limits().addresses());
        HostileServer server = secure(script);
        var line = new Line(Lab.POLICY, names.by(null), tls.getSocketFactory())) {
      var talk = new FtpTalk(line, SourceUrl.parse("ftps://source.example:990/a.zip"));
      talk.begin(line.connect(SourceUrl.parse("ftp://a.example:" + server.port()), 10_000));
      assertThat(talk.login("alice", "hunter2")).isTrue();
      assertThat(catchThrowableOfType(SourceException.class, talk::secureData))
          .hasMessage("source.example offers no secure connection for the file (reply 536)");
      assertThat(script.commands).containsExactly("USER alice", "PASS hunter2", "PBSZ 0", "PROT P");
    }
  }
}
