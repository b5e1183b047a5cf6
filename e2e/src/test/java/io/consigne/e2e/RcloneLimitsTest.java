package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four rclones at once, with one key, under the limits that every host has: they are refused now
 * and then, wait, and everything arrives. {@code -Dconsigne.rclone.files=100} copies so many files
 * with each; else it is few, after a script that has used up what may come at once.
 */
class RcloneLimitsTest {
  private static final int RCLONES = 4;
  private static final int FEW = 5;
  private static final int FILES = Integer.getInteger("consigne.rclone.files", FEW);
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final Pattern REFUSED = Pattern.compile("([0-9]+) calls were refused");

  @TempDir private Path home;

  @Test
  void fourAtOnce_areHeldBack_andBringEverything() throws Exception {
    Instant begun = Instant.now();
    String log;
    long own;
    try (HostProcess host = HostProcess.start(home.resolve("data"), "--tls-self", "--limits=on");
        Rclone rclone = Rclone.leadTo(host, home)) {
      own = FILES > FEW ? 0 : takeTheBurst(host);
      var running = new ArrayList<Process>();
      for (int i = 0; i < RCLONES; i++) {
        running.add(copy(rclone, i));
      }
      for (Process process : running) {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
      }
      rclone.run("check", "--low-level-retries=10", sources().toString(), ":fichier:").good();
      log = closed(host);
    }
    long refused = refused(log) - own;
    System.out.printf(
        "Four rclones brought %d files in %d s; %d calls were refused%n",
        RCLONES * FILES, Duration.between(begun, Instant.now()).toSeconds(), refused);
    assertThat(refused).isPositive();
  }

  /** Takes what may come at once, with the key and without; returns how often that was refused. */
  private static long takeTheBurst(HostProcess host) {
    var api = Api.trusting(host.data().resolve("tls/ca.pem"), host.url(), host.key());
    return Stream.of("folder/ls.cgi", "upload/get_upload_server.cgi")
        .flatMap(path -> Stream.generate(() -> api.post(path, "{}")).limit(50))
        .filter(answer -> answer.statusCode() == 429)
        .count();
  }

  private Path sources() {
    return home.resolve("sources");
  }

  private Path source(int number) {
    return sources().resolve(Integer.toString(number));
  }

  private Process copy(Rclone rclone, int number) throws IOException {
    for (int i = 0; i < FILES; i++) {
      Samples.file(source(number).resolve("f" + i), 1_000 + i, 1_000L * number + i);
    }
    return rclone
        .process(
            Map.of(),
            "copy",
            "--low-level-retries=10",
            "--retries=3",
            source(number).toString(),
            ":fichier:" + number)
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("rclone" + number + ".log").toFile())
        .start();
  }

  private static String closed(HostProcess host) {
    host.close();
    return host.log();
  }

  private static long refused(String log) {
    Matcher matcher = REFUSED.matcher(log);
    long all = 0;
    while (matcher.find()) {
      all += Long.parseLong(matcher.group(1));
    }
    return all;
  }
}
