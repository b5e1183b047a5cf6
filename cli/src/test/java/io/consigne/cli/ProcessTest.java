package io.consigne.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands as processes of their own: what a shell sees of them. */
final class ProcessTest {
  @TempDir private Path home;
  private Desk desk;

  @BeforeEach
  void start() throws IOException {
    desk = new Desk(home);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private Run run(ProcessBuilder builder) throws Exception {
    Path out = desk.path("out");
    Path err = desk.path("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  @Test
  void pipes_carryBytesAndNothingElse() throws Exception {
    var bytes = new byte[200_000];
    new Random(1).nextBytes(bytes);
    Path file = Files.write(desk.path("bytes"), bytes);
    Run put = run(desk.process("put", "-", "/bytes").redirectInput(file.toFile()));
    assertThat(put).isEqualTo(new Run(0, "", ""));
    Process cat = desk.process("cat", "/bytes").start();
    assertThat(cat.getInputStream().readAllBytes()).isEqualTo(bytes);
    assertThat(new String(cat.getErrorStream().readAllBytes(), UTF_8)).isEmpty();
  }

  @Test
  void exitCodes_tellWhy() throws Exception {
    assertThat(run(desk.process("ls", "/nothing")).exitCode()).isEqualTo(5);
    assertThat(run(desk.process("ls", "--nothing")).exitCode()).isEqualTo(2);
    desk.environment().put("CONSIGNE_API_KEY", "csg_0123456789012345678901234567");
    Run refused = run(desk.process("ls"));
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err())
        .isEqualTo(
            "consigne: the host refused: Not authenticated #247;"
                + " \"consigne login\" stores a key\n");
    desk.environment().put("CONSIGNE_URL", "http://127.0.0.1:1");
    assertThat(run(desk.process("ls", "--patience=0s")).exitCode()).isEqualTo(10);
  }

  /** It was a success: nobody asked whether what was printed was taken. */
  @Test
  void outputThatTakesNothing_isAFailure() throws Exception {
    for (String json : List.of("", "--json")) {
      var builder = desk.process("quota");
      if (!json.isEmpty()) {
        builder.command().add(json);
      }
      Path err = desk.path("err");
      Process process =
          builder.redirectOutput(Path.of("/dev/full").toFile()).redirectError(err.toFile()).start();
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(Files.readString(err))
          .isEqualTo(
              "consigne: the standard output did not take all of it: No space left on device\n");
      assertThat(process.exitValue()).isEqualTo(1);
    }
  }

  @Test
  void readerWhoHasEnough_isNoFailure() throws Exception {
    Process process = desk.process("quota").start();
    process.getInputStream().close();
    assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8)).isEmpty();
    assertThat(process.waitFor()).isZero();
  }

  /** What is no pipe may have such a reader as well: it was a failure. */
  @Test
  void readerAtASocket_whoHasEnough_isNoFailure() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ProcessBuilder builder = desk.process("quota");
      String connected = "exec 3<>/dev/tcp/127.0.0.1/" + socket.getLocalPort();
      String script = connected + "; read -r -u 3; exec \"$@\" >&3";
      builder.command().addAll(0, List.of("bash", "-c", script, "bash"));
      Process process = builder.start();
      Socket reader = socket.accept();
      reader.setSoLinger(true, 0);
      reader.close();
      assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8))
          .doesNotContain("consigne:");
      assertThat(process.waitFor()).isZero();
    }
  }

  @Test
  void jsonByVariable_holdsForAWrongCommandLine() throws Exception {
    desk.environment().put("CONSIGNE_CLI_JSON", "1");
    assertThat(run(desk.process("ls", "--nothing")).out())
        .startsWith("{\"consigne\":1,\"command\":\"ls\",\"error\":{\"kind\":\"usage\"");
    assertThat(run(desk.process("relay", "--nothing")).out()).as("it has no --json").isEmpty();
  }

  /** Ctrl-C during an upload: nothing of it is there, under no name. */
  @Test
  void stoppedUpload_leavesNothing() throws Exception {
    Path file = Files.write(desk.path("large"), new byte[20_000_000]);
    long before = storedBytes();
    Process put = desk.process("put", "--bwlimit=512k", file.toString(), "/large").start();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> storedBytes() > before + 300_000 || !put.isAlive());
    interrupt(put);
    assertThat(put.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(put.exitValue()).isEqualTo(130);
    assertThat(desk.good("ls", "-R", "/")).isEmpty();
  }

  private long storedBytes() throws IOException {
    try (var files = Files.walk(desk.path("host"))) {
      return files.mapToLong(found -> found.toFile().length()).sum();
    }
  }

  /** As on a disk that is full, and then has room. */
  @Test
  void downloadWithoutRoom_saysSoAndGoesOnLater() throws Exception {
    var bytes = new byte[4_000_000];
    new Random(3).nextBytes(bytes);
    desk.good("put", Files.write(desk.path("large"), bytes).toString(), "/large");
    Path target = desk.path("fetched");
    ProcessBuilder get = desk.process("get", "/large", target.toString());
    get.command().addAll(0, List.of("bash", "-c", "ulimit -f 1000; exec \"$@\"", "-"));
    Run full = run(get);
    assertThat(full.exitCode()).as(full.toString()).isEqualTo(9);
    assertThat(full.err())
        .isEqualTo(
            "consigne: /large: %s.part: File too large\n".formatted(target.toAbsolutePath()));
    assertThat(target).doesNotExist();
    assertThat(run(desk.process("get", "/large", target.toString())).exitCode()).isZero();
    assertThat(target).hasBinaryContent(bytes);
  }

  /** It said that something failed, and left two empty files. */
  @Test
  void downloadWithoutRoomForOneByte_leavesNothing() throws Exception {
    desk.good("put", Files.writeString(desk.path("small"), "small").toString(), "/small");
    Path target = desk.path("fetched small");
    ProcessBuilder get = desk.process("get", "/small", target.toString());
    get.command().addAll(0, List.of("bash", "-c", "ulimit -f 0; exec \"$@\"", "-"));
    Run full = run(get);
    assertThat(full.exitCode()).as(full.toString()).isEqualTo(9);
    for (String name : List.of("fetched small", "fetched small.part", "fetched small.part.state")) {
      assertThat(desk.path(name)).doesNotExist();
    }
  }

  private static void interrupt(Process process) throws Exception {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  /** Stopped during a download, and then the same command again. */
  @Test
  void stoppedDownload_leavesNoHalfFileAndGoesOn() throws Exception {
    var bytes = new byte[60_000_000];
    new Random(2).nextBytes(bytes);
    Path file = Files.write(desk.path("large"), bytes);
    desk.good("put", file.toString(), "/large");
    Path target = desk.path("fetched");
    int exit = stopped(target);
    for (int tries = 1; exit == 0 && tries < 5; tries++) {
      assertThat(target).hasBinaryContent(bytes);
      Files.delete(target);
      exit = stopped(target);
    }
    assertThat(exit).as("128 and the signal").isEqualTo(130);
    assertThat(target).doesNotExist();
    assertThat(run(desk.process("get", "/large", target.toString())).exitCode()).isZero();
    assertThat(target).hasBinaryContent(bytes);
    assertThat(desk.path("fetched.part")).doesNotExist();
  }

  /** Stops a download when its first byte may be there; 0 if it was faster. */
  private int stopped(Path target) throws Exception {
    Process get = desk.process("get", "/large", target.toString()).start();
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(1))
        .until(() -> Files.exists(desk.path("fetched.part")) || !get.isAlive());
    interrupt(get);
    assertThat(get.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return get.exitValue();
  }
}
