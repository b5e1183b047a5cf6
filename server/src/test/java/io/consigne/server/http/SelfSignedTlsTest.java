package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates that a host makes for itself. */
class SelfSignedTlsTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final List<String> NAMES = Tls.names(List.of("files.example.org", "0.0.0.0"));

  @TempDir Path data;

  private Path tls() {
    return data.resolve("tls");
  }

  private Listener listen() throws IOException {
    return Listening.over(
        Tls.selfSigned(tls(), NAMES, CLOCK).tls(),
        exchange -> Listening.text(exchange, exchange.origin().url()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "files.example.org", "1fichier.com", "api.1fichier.com", "127.0.0.1"})
  void curl_accepts_each_name(String name) throws Exception {
    try (Listener listener = listen()) {
      String hostPort = name + ":" + listener.port();
      assertThat(curl(listener, name, tls().resolve("ca.pem")))
          .isEqualTo(new Commands.Result(0, "https://" + hostPort));
    }
  }

  @Test
  void curl_refuses_a_name_that_is_not_among_them() throws Exception {
    try (Listener listener = listen()) {
      assertThat(curl(listener, "other.example.org", tls().resolve("ca.pem")).code()).isEqualTo(60);
    }
  }

  private Commands.Result curl(Listener listener, String name, Path authority) throws Exception {
    return Commands.run(
        data,
        "curl",
        "-sS",
        "--noproxy",
        "*",
        "--cacert",
        authority.toString(),
        "--resolve",
        name + ":" + listener.port() + ":127.0.0.1",
        "https://" + name + ":" + listener.port() + "/");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, true",
    "deep.files.example.org, true",
    "other.example.org, false",
    "127.0.0.1, true",
    "127.0.0.2, false",
    "::1, true",
    "::2, false"
  })
  void authority_cannot_vouch_for_other_names(String name, boolean accepted) throws Exception {
    var names = CertificateNames.of(NAMES);
    var foreign = CertificateNames.of(List.of(name));
    var issued = PrivateAuthority.issue(names, foreign, Instant.now());
    new TlsDirectory(tls()).store(issued, Instant.now());
    Commands.Result result =
        Commands.run(tls(), "openssl", "verify", "-x509_strict", "-CAfile", "ca.pem", "server.pem");
    assertThat(result.output())
        .contains(accepted ? "server.pem: OK" : "permitted subtree violation");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void authority_without_addresses_cannot_vouch_for_any(String address) throws Exception {
    var issued =
        PrivateAuthority.issue(
            CertificateNames.of(List.of("files.example.org")),
            CertificateNames.of(List.of(address)),
            Instant.now());
    new TlsDirectory(tls()).store(issued, Instant.now());
    assertThat(Commands.run(tls(), "openssl", "verify", "-CAfile", "ca.pem", "server.pem").output())
        .contains("excluded subtree violation");
  }

  @Test
  void openssl_reads_critical_constraints_and_server_use_only() throws Exception {
    Tls.selfSigned(tls(), NAMES, CLOCK);
    String authority = Commands.ok(tls(), "openssl", "x509", "-in", "ca.pem", "-noout", "-text");
    assertThat(authority)
        .containsSubsequence("X509v3 Extended Key Usage", "TLS Web Server Authentication")
        .containsSubsequence("X509v3 Basic Constraints: critical", "CA:TRUE, pathlen:0")
        .containsSubsequence(
            "X509v3 Name Constraints: critical",
            "DNS:1fichier.com",
            "DNS:files.example.org",
            "DNS:localhost",
            "IP:0:0:0:0:0:0:0:1/FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF",
            "IP:127.0.0.1/255.255.255.255");
    String server = Commands.ok(tls(), "openssl", "x509", "-in", "server.pem", "-noout", "-text");
    assertThat(server).contains("DNS:*.1fichier.com").contains("CA:FALSE");
    Commands.ok(
        tls(),
        "openssl",
        "verify",
        "-x509_strict",
        "-CAfile",
        "ca.pem",
        "-purpose",
        "sslserver",
        "server.pem");
  }

  @Test
  void key_is_readable_by_its_owner_only_and_the_authority_has_none() throws Exception {
    Tls.selfSigned(tls(), NAMES, CLOCK);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(tls().resolve("server.key"))))
        .isEqualTo("rw-------");
    try (var files = Files.list(tls())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("ca.pem", "server.pem", "server.key");
    }
    assertThat(Files.readString(tls().resolve("ca.pem"))).doesNotContain("PRIVATE");
  }

  @Test
  void java_accepts_the_chain() throws Exception {
    try (Listener listener = listen();
        HttpClient client = HttpClient.newBuilder().sslContext(trusting("ca.pem")).build()) {
      URI uri = URI.create("https://localhost:" + listener.port() + "/");
      assertThat(client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body())
          .isEqualTo("https://localhost:" + listener.port());
    }
  }

  private SSLContext trusting(String file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", PemFiles.certificates(tls().resolve(file)).getFirst());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void old_protocols_are_refused() throws Exception {
    try (Listener listener = listen()) {
      String address = "127.0.0.1:" + listener.port();
      String[] command = {
        "openssl", "s_client", "-connect", address, "-cipher", "DEFAULT@SECLEVEL=0", ""
      };
      command[6] = "-tls1_1";
      assertThat(Commands.run(data, command).output()).contains("alert protocol version");
      command[6] = "-tls1_2";
      assertThat(Commands.run(data, command).output()).contains("ECDHE-ECDSA-AES");
      assertThat(Commands.run(data, "openssl", "s_client", "-connect", address, "-tls1_3").output())
          .contains("TLS_AES_128_GCM_SHA256");
    }
  }

  @Test
  void certificates_are_used_again_while_they_fit() throws Exception {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    String first = certificate(NAMES, InstantSource.fixed(now));
    var later = InstantSource.fixed(now.plus(Duration.ofDays(789)));
    assertThat(certificate(NAMES, later)).isEqualTo(first);
    var tooLate = InstantSource.fixed(now.plus(Duration.ofDays(791)));
    assertThat(certificate(NAMES, tooLate)).isNotEqualTo(first);
  }

  /** What the host shows when it starts then, for these names. */
  private String certificate(List<String> names, InstantSource clock) throws IOException {
    var files = Tls.selfSigned(tls(), names, clock);
    assertThat(files.authorityFile()).isEqualTo(tls().resolve("ca.pem"));
    return Files.readString(tls().resolve("server.pem"));
  }

  @Test
  void certificates_are_made_anew_for_a_further_name() throws Exception {
    String first = certificate(List.of("localhost", "files.example.org"), CLOCK);
    assertThat(certificate(List.of("localhost"), CLOCK)).isEqualTo(first);
    assertThat(certificate(List.of("localhost", "192.0.2.1"), CLOCK)).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ca.pem", "server.pem", "server.key"})
  void certificates_are_made_anew_if_a_file_is_of_another_time(String file) throws Exception {
    String first = certificate(NAMES, CLOCK);
    Path elsewhere = data.resolve("other");
    Tls.selfSigned(elsewhere, NAMES, CLOCK);
    Files.copy(
        elsewhere.resolve(file),
        tls().resolve(file),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    String anew = certificate(NAMES, CLOCK);
    assertThat(anew)
        .isNotEqualTo(first)
        .isNotEqualTo(Files.readString(elsewhere.resolve("server.pem")));
    assertThat(certificate(NAMES, CLOCK)).isEqualTo(anew);
  }
}
