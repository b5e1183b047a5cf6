package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host agrees to when openssl speaks TLS to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class TlsHygieneTest {
  private static final List<String> STRONG =
      List.of(
          "ECDHE-ECDSA-AES256-GCM-SHA384",
          "ECDHE-ECDSA-CHACHA20-POLY1305",
          "ECDHE-ECDSA-AES128-GCM-SHA256");

  /** What {@code timeout} ends with when it ended the command. */
  private static final int TIMED_OUT = 124;

  private HostProcess host;

  @BeforeAll
  void start(@TempDir Path folder) {
    host = HostProcess.start(folder.resolve("data"), "--tls-self");
  }

  @AfterAll
  void stop() {
    host.close();
  }

  @Test
  void suites_withoutForwardSecrecyOrAuthentication_areRefused() throws Exception {
    assertThat(accepted(host)).containsExactlyInAnyOrderElementsOf(STRONG);
  }

  /** A certificate of RSA opens suites that the host's own cannot. */
  @Test
  void suitesOfAnRsaCertificate_withoutForwardSecrecyOrAuthentication_areRefused(
      @TempDir Path folder) throws Exception {
    Path certificate = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    openssl(
        List.of(),
        ("req -x509 -newkey rsa:2048 -noenc -subj /CN=localhost -keyout " + key + " -out ")
            .concat(certificate.toString())
            .split(" "));
    try (HostProcess rsa =
        HostProcess.start(
            folder.resolve("data"), "--tls-cert=" + certificate, "--tls-key=" + key)) {
      assertThat(accepted(rsa))
          .containsExactlyInAnyOrderElementsOf(
              STRONG.stream().map(suite -> suite.replace("ECDSA", "RSA")).toList());
    }
  }

  private static List<String> accepted(HostProcess host) throws Exception {
    String all = openssl(List.of(), "ciphers", "-s", "-tls1_2", "ALL:COMPLEMENTOFALL:@SECLEVEL=0");
    var accepted = new ArrayList<String>();
    List<String> suites = List.of(all.strip().split(":"));
    for (String suite : suites) {
      String said = client(host, List.of(), "-tls1_2", "-cipher", suite + ":@SECLEVEL=0");
      if (said.contains("Cipher is " + suite)) {
        accepted.add(suite);
      }
    }
    System.out.printf("tls: %d of %d suites accepted%n", accepted.size(), suites.size());
    return accepted;
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1", "-tls1_1"})
  void version_thatIsOld_isRefused(String version) throws Exception {
    assertThat(client(List.of(), version, "-cipher", "ALL:@SECLEVEL=0"))
        .contains("alert protocol version")
        .contains("Cipher is (NONE)");
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_AES_128_GCM_SHA256, true",
    "TLS_AES_256_GCM_SHA384, true",
    "TLS_CHACHA20_POLY1305_SHA256, true",
    "TLS_AES_128_CCM_SHA256, false",
    "TLS_AES_128_CCM_8_SHA256, false"
  })
  void suite_ofTls13_isOneOfThree(String suite, boolean accepted) throws Exception {
    String said = client(List.of(), "-tls1_3", "-ciphersuites", suite);
    assertThat(said.contains("Cipher is " + suite)).as(said).isEqualTo(accepted);
  }

  /** The connection stood there half way, until a time-out. */
  @Test
  void renegotiation_endsTheConnectionAtOnce() throws Exception {
    String said = client(List.of("GET / HTTP/1.1\r\nHost: a\r\n", "R\n"), "-tls1_2");
    assertThat(said).contains("RENEGOTIATING").doesNotContain("HTTP/1.1 200");
  }

  /** The key of a connection may change: nothing is lost. */
  @ParameterizedTest
  @ValueSource(strings = {"K", "k"})
  void keyUpdate_isFollowed(String command) throws Exception {
    String begin = "GET / HTTP/1.1\r\nHost: a\r\n";
    String end = "Connection: close\r\n\r\n";
    assertThat(client(List.of(begin, command + "\n", end), "-tls1_3"))
        .contains("KEYUPDATE")
        .contains("HTTP/1.1 200");
  }

  /** See docs/decisions/0010-at-the-edge.md. */
  @Test
  void answer_pinsNothingForLater() throws Exception {
    String said =
        client(List.of("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"), "-tls1_3");
    assertThat(said).contains("HTTP/1.1 200").doesNotContainIgnoringCase("strict-transport");
  }

  private String client(List<String> input, String... options) throws Exception {
    return client(host, input, options);
  }

  private static String client(HostProcess host, List<String> input, String... options)
      throws Exception {
    var arguments =
        new ArrayList<>(List.of("s_client", "-msg", "-connect", "127.0.0.1:" + host.port()));
    arguments.addAll(List.of(options));
    return openssl(input, arguments.toArray(String[]::new));
  }

  /**
   * Runs openssl, which knows a command only if nothing stands before it: each piece of the input
   * is written when the one before went out.
   */
  private static String openssl(List<String> input, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("timeout", "10", "openssl"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new StringBuilder();
    try (BufferedReader lines = process.inputReader()) {
      OutputStream out = process.getOutputStream();
      if (input.isEmpty()) {
        out.close();
      } else {
        awaitLine(lines, said, "Verify return code: .*");
      }
      for (String piece : input) {
        out.write(piece.getBytes(StandardCharsets.UTF_8));
        out.flush();
        awaitLine(lines, said, ">>> .*RecordHeader .*");
      }
      lines.lines().forEach(line -> said.append(line).append('\n'));
    }
    assertThat(process.waitFor()).as("the exit of openssl: %s", said).isNotEqualTo(TIMED_OUT);
    return said.toString();
  }

  /** Reads up to a line like that, or to the end. */
  private static void awaitLine(BufferedReader lines, StringBuilder said, String pattern)
      throws IOException {
    String line = lines.readLine();
    while (line != null) {
      said.append(line).append('\n');
      if (line.strip().matches(pattern)) {
        return;
      }
      line = lines.readLine();
    }
  }
}
