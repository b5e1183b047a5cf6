package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.model.ApiKey;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.server.config.HostConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code consigne doctor} finds, at hosts that are well and at hosts that are not. */
final class DoctorTest {
  @TempDir private Path home;

  @Test
  void healthyAccount_isWellInEveryLine() throws IOException {
    try (var desk = new Desk(home)) {
      Run run = desk.run("doctor");
      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(run.out().lines().map(line -> line.substring(0, 18).strip()))
          .containsExactly(
              "ok    profile",
              "ok    key file",
              "ok    tls",
              "ok    flood",
              "ok    clock",
              "ok    key",
              "ok    subscription",
              "ok    quota",
              "ok    removal");
      assertThat(run.out()).contains("master, active, since 0 days").doesNotContain(desk.key());
      assertThat(desk.good("doctor", "--json"))
          .startsWith(
              "{\"consigne\":1,\"command\":\"doctor\",\"data\":{\"profile\":\"environment\"")
          .contains("{\"about\":\"flood\",\"grade\":\"ok\",\"text\":\"none lately\"}");
    }
  }

  @Test
  void deadKey_failsWithTheNextStep() throws IOException {
    try (var desk = new Desk(home)) {
      desk.environment().put("CONSIGNE_API_KEY", "csg_0123456789012345678901234567");
      Run run = desk.run("doctor");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out().replaceFirst("[01] s (ahead of|behind)", "0 s ahead of"))
          .endsWith(
              """
              fail  key           the host refused: Not authenticated #247; \
              "consigne login" stores a key
              ok    clock         0 s ahead of the host's
              ?     subscription  the key was refused
              ?     quota         the key was refused
              ?     cdn           the key was refused
              ?     removal       the key was refused
              """);
    }
  }

  @Test
  void keyThatOthersRead_fails() throws IOException {
    try (var desk = new Desk(home)) {
      desk.environment().remove("CONSIGNE_API_KEY");
      desk.environment().put("PATH", "/nowhere");
      desk.typing(desk.key() + "\n").good("login", "home", "--url", desk.url());
      Path file = desk.path(".config/consigne/keys/home");
      assertThat(desk.run("doctor").exitCode()).isZero();
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      Run run = desk.run("doctor");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).contains("fail  key file      others can read " + file + "; chmod 600");
      assertThat(run.err()).isEmpty();
      Run list = desk.run("ls", "/");
      assertThat(list)
          .isEqualTo(
              new Run(
                  0,
                  "",
                  "consigne: others can read the key in %s; chmod 600 %<s ends that\n"
                      .formatted(file)));
    }
  }

  @Test
  void restrictedKeyThatEndsSoon_isAWarning() throws IOException {
    try (var desk = new Desk(home)) {
      desk.environment().put("CONSIGNE_API_KEY", desk.restrictedKey());
      Run run = desk.run("doctor");
      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(run.out())
          .contains("warn  key           restricted, active, ends ")
          .contains("warn  account       not asked: ");
    }
  }

  @Test
  void privateAuthority_isTrustedWhereItIsNamed() throws IOException {
    try (var desk = new Desk(home, new HostConfig.Tls.Self())) {
      Run refused = desk.run("doctor");
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.out())
          .contains("fail  tls           no trusted connection: ")
          .contains("; for a private authority there is --cacert\n")
          .endsWith("?     removal       the host was not reached\n");
      assertThat(desk.run("ls", "--patience=0s").exitCode()).isNotZero();
      String authority = desk.path("host/tls/ca.pem").toString();
      assertThat(desk.good("doctor", "--cacert", authority))
          .contains("ok    tls           TLSv1.3");
      desk.environment().put("CONSIGNE_CACERT", authority);
      desk.typing("t").good("put", "-", "/t.txt");
      assertThat(desk.good("cat", "/t.txt")).isEqualTo("t");
      String none = desk.write("none.pem", "no certificate").toString();
      Run unreadable = desk.run("ls", "--cacert", none);
      assertThat(unreadable.exitCode()).isEqualTo(1);
      assertThat(unreadable.err()).contains("none.pem: has no certificate in PEM form");
    }
  }

  /** After a flood answer nothing is asked any more, which would make it worse. */
  @Test
  void floodLock_isToldAndKept() throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.FLOOD);
        var desk = new Desk(home)) {
      desk.environment().put("CONSIGNE_URL", host.url().toString());
      Run first = desk.run("doctor");
      assertThat(first.exitCode()).isEqualTo(1);
      int asked = host.seen().size();
      Run second = desk.run("doctor");
      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.out()).contains("fail  flood         locked for 0:");
      assertThat(host.seen()).hasSize(asked);
      assertThat(host.watch().broken()).isEmpty();
    }
  }

  /** What was asked within five minutes by anybody on this machine is not asked again. */
  @Test
  void accountThatWasAskedLately_isNotWaitedFor() throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE);
        var desk = new Desk(home)) {
      desk.environment().put("CONSIGNE_URL", host.url().toString());
      long soon = Timing.SYSTEM.now().toEpochMilli() + 250_000;
      String account = new ApiKey(desk.key()).fingerprint();
      desk.write(
          ".local/state/consigne/127.0.0.1.budget", "account:" + account + " " + soon + "\n");
      Run run = desk.run("doctor");
      assertThat(run.exitCode()).isZero();
      assertThat(run.out())
          .contains("warn  account       not asked: ")
          .contains("; ask again in 24");
      assertThat(host.seen()).doesNotContain("/v1/user/info.cgi");
    }
  }
}
