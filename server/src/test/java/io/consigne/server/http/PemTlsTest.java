package io.consigne.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Certificates and keys that other programs made. */
class PemTlsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "openssl genrsa -out key.pem 2048",
    "openssl genrsa -traditional -out key.pem 2048",
    "openssl ecparam -name prime256v1 -genkey -out key.pem",
    "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out key.pem",
    "openssl genpkey -algorithm ed25519 -out key.pem"
  })
  void key_of_openssl_serves(String command) throws Exception {
    Commands.ok(directory, command.split(" "));
    certify();
    Tls tls = Tls.pem(directory.resolve("cert.pem"), directory.resolve("key.pem"));
    try (Listener listener = Listening.over(tls, exchange -> Listening.text(exchange, "hello"))) {
      assertThat(
              Commands.ok(
                  directory,
                  "curl",
                  "-sS",
                  "--noproxy",
                  "*",
                  "--cacert",
                  "cert.pem",
                  "https://localhost:" + listener.port()))
          .isEqualTo("hello");
    }
  }

  /** The host had to be started again, which cut off what ran. */
  @Test
  void renewedCertificate_isShownFromThenOn() throws Exception {
    Tls old = made();
    Tls renewed = made();
    try (Listener listener = Listening.over(old, exchange -> Listening.text(exchange, "hello"));
        SSLSocket before = connected(listener)) {
      listener.renew(renewed);
      try (SSLSocket after = connected(listener)) {
        assertThat(shown(after)).isEqualTo(renewed.certificate());
      }
      assertThat(shown(before)).isEqualTo(old.certificate());
      before
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
      assertThat(new String(before.getInputStream().readAllBytes(), US_ASCII)).endsWith("hello");
    }
  }

  private Tls made() throws Exception {
    Commands.ok(
        directory, "openssl", "ecparam", "-name", "prime256v1", "-genkey", "-out", "key.pem");
    certify();
    return Tls.pem(directory.resolve("cert.pem"), directory.resolve("key.pem"));
  }

  /** A connection whose handshake is done, to whomever. */
  private static SSLSocket connected(Listener listener) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anybody()}, null);
    var socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", listener.port());
    socket.startHandshake();
    return socket;
  }

  private static Certificate shown(SSLSocket socket) throws SSLPeerUnverifiedException {
    return socket.getSession().getPeerCertificates()[0];
  }

  private void certify() throws IOException, InterruptedException {
    Commands.ok(
        directory,
        "openssl",
        "req",
        "-x509",
        "-key",
        "key.pem",
        "-out",
        "cert.pem",
        "-subj",
        "/CN=test",
        "-addext",
        "subjectAltName=DNS:localhost");
  }

  @Test
  void key_of_another_certificate_is_refused() throws Exception {
    Commands.ok(directory, "openssl", "genrsa", "-out", "key.pem", "2048");
    certify();
    Path other = directory.resolve("other.pem");
    Commands.ok(directory, "openssl", "genrsa", "-out", "other.pem", "2048");
    Path certificate = directory.resolve("cert.pem");
    assertThatThrownBy(() -> Tls.pem(certificate, other))
        .isInstanceOf(IOException.class)
        .hasMessage("The key in " + other + " is not that of the certificate in " + certificate);
  }

  @Test
  void encrypted_key_is_refused() throws Exception {
    Commands.ok(directory, "openssl", "genrsa", "-out", "plain.pem", "2048");
    Commands.ok(
        directory,
        "openssl",
        "pkcs8",
        "-topk8",
        "-in",
        "plain.pem",
        "-out",
        "key.pem",
        "-passout",
        "pass:x");
    Path key = directory.resolve("key.pem");
    assertThatThrownBy(() -> PemFiles.privateKey(key))
        .hasMessage("The private key in " + key + " is encrypted; store it decrypted");
  }

  @Test
  void file_that_holds_something_else_is_named() throws Exception {
    Path file = Files.writeString(directory.resolve("empty.pem"), "nothing\n");
    assertThatThrownBy(() -> PemFiles.certificates(file)).hasMessage("No certificate in " + file);
    assertThatThrownBy(() -> PemFiles.privateKey(file)).hasMessage("No private key in " + file);
    Path broken =
        Files.writeString(
            directory.resolve("broken.pem"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    assertThatThrownBy(() -> PemFiles.certificates(broken))
        .hasMessageStartingWith("Cannot read " + broken + " as PEM: ");
    Path missing = directory.resolve("missing.pem");
    assertThatThrownBy(() -> PemFiles.certificates(missing))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(missing.toString());
  }
}
