package io.consigne.cli.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class RelayCommandTest {
  @TempDir private Path folder;

  @Test
  void command_seesTheRelayAndGivesItsExitCode() throws Exception {
    Path authority = Files.createFile(folder.resolve("ca file.pem"));
    Path seen = folder.resolve("seen");
    String script =
        """
        echo "$HTTPS_PROXY|$https_proxy|$RCLONE_CA_CERT|$CURL_CA_BUNDLE|${NO_PROXY-unset}" > '%s'
        exit 7
        """
            .formatted(seen);
    Process relay =
        start("--to", "127.0.0.1:9", "--ca", authority.toString(), "--", "sh", "-c", script);
    assertThat(relay.waitFor()).isEqualTo(7);
    assertThat(Files.readString(seen))
        .matches(
            "http://127.0.0.1:(\\d+)\\|http://127.0.0.1:\\1\\|%1$s\\|%1$s\\|unset\n"
                .formatted(authority));
  }

  @Test
  void curl_reachesTheHostUnderTheOtherName() throws Exception {
    HttpServer host =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    host.createContext(
        "/hello",
        exchange -> {
          byte[] body = exchange.getRequestHeaders().getFirst("Host").getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    host.start();
    try {
      Path answer = folder.resolve("answer");
      String curl =
          "curl -sS --proxytunnel -x \"$HTTPS_PROXY\" -o '%s' http://api.1fichier.com:443/hello"
              .formatted(answer);
      String target = "127.0.0.1:" + host.getAddress().getPort();
      Process relay = start("--to", target, "sh", "-c", curl);
      assertThat(relay.waitFor()).isZero();
      assertThat(answer).hasContent("api.1fichier.com:443");
    } finally {
      host.stop(0);
    }
  }

  @Test
  void stopSignal_reachesTheCommand() throws Exception {
    Path ready = folder.resolve("ready");
    String script = "trap 'exit 9' TERM; : > '%s'; while :; do sleep 0.05; done".formatted(ready);
    Process relay = start("--to", "127.0.0.1:9", "--", "sh", "-c", script);
    Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> Files.exists(ready));
    relay.destroy();
    assertThat(relay.waitFor()).isEqualTo(9);
  }

  @Test
  void unknownProgram_isNamed() throws Exception {
    Process relay = start("--to", "127.0.0.1:9", "--", "no-such-program");
    assertThat(new String(relay.getErrorStream().readAllBytes(), UTF_8))
        .startsWith("consigne: cannot run no-such-program: ")
        .hasLineCount(1);
    assertThat(relay.waitFor()).isEqualTo(1);
  }

  @Test
  void missingAuthority_isNamed() throws Exception {
    Process relay = start("--to", "127.0.0.1:9", "--ca", "missing.pem");
    assertThat(new String(relay.getErrorStream().readAllBytes(), UTF_8))
        .isEqualTo("consigne: no such file or folder: missing.pem\n");
    assertThat(relay.waitFor()).isEqualTo(5);
  }

  @Test
  void withoutCommand_printsWhatToExportAndRunsUntilStopped() throws Exception {
    Process relay = start("--to", "127.0.0.1:9");
    try (var out = new BufferedReader(new InputStreamReader(relay.getInputStream(), UTF_8))) {
      assertThat(out.readLine()).matches("export HTTPS_PROXY=http://127.0.0.1:\\d+");
      assertThat(out.readLine()).matches("export https_proxy=http://127.0.0.1:\\d+");
      assertThat(out.readLine()).isEqualTo("unset NO_PROXY no_proxy");
      assertThat(relay.isAlive()).isTrue();
    } finally {
      relay.destroy();
    }
    assertThat(relay.waitFor()).isEqualTo(143);
  }

  @Test
  void exportedPaths_areQuotedForTheShell() {
    var environment =
        ClientEnvironment.of(
            new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 80), Path.of("/a b's.pem"));
    assertThat(environment.shellLines())
        .contains(
            "export HTTPS_PROXY=http://127.0.0.1:80", "export RCLONE_CA_CERT='/a b'\\''s.pem'");
  }

  /** The program in a process of its own, as signals and exit codes are meant. */
  private static Process start(String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.consigne.cli.Main",
                "relay"));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.environment().put("NO_PROXY", "1fichier.com");
    return builder.start();
  }
}
