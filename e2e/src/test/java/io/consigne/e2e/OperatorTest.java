package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does at a terminal. */
class OperatorTest {
  @TempDir Path home;

  @Test
  void firstStart_writesTheKeyOnce_forThisUserAlone() throws IOException {
    try (HostProcess host = HostProcess.start(home.resolve("data"))) {
      assertThat(host.key()).matches("csg_[0-9A-Za-z]{28}");
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(home.resolve("data.key"))))
          .isEqualTo("rw-------");
      assertThat(new Api(host.url(), host.key()).call("user/info.cgi", "").path("offer").asString())
          .isEqualTo("3");
    }
    try (HostProcess again = HostProcess.start(home.resolve("data"))) {
      assertThat(new Api(again.url(), again.key()).post("file/ls.cgi", "{}").statusCode())
          .isEqualTo(200);
      assertThat(again.log()).doesNotContain("csg_");
    }
  }

  @Test
  void accountsAndKeys_whileTheServerRuns_countAtOnce() {
    try (HostProcess host = HostProcess.start(home.resolve("data"))) {
      String data = "--data=" + host.data();
      String key = Launcher.consigne("account", "add", "alice@example.org", data).good().strip();
      assertThat(statusWith(host, key)).isEqualTo(200);
      assertThat(Launcher.consigne("account", "list", data).good())
          .containsPattern("ACCOUNT +PLAN +USED +ALLOWED")
          .containsPattern("alice@example.org +gold +0 ");
      String next =
          Launcher.consigne("key", "regenerate", "alice@example.org", "--yes", data).good().strip();
      assertThat(statusWith(host, key)).isEqualTo(401);
      assertThat(statusWith(host, next)).isEqualTo(200);
      Launcher.consigne("account", "disable", "ALICE@example.org", "--yes", data).good();
      assertThat(statusWith(host, next)).isEqualTo(401);
      Launcher.consigne("account", "enable", "alice@example.org", data).good();
      assertThat(statusWith(host, next)).isEqualTo(200);
      Launcher.consigne("key", "revoke", "alice@example.org", "master", "--yes", data).good();
      assertThat(statusWith(host, next)).isEqualTo(401);
      assertThat(Launcher.consigne("key", "list", "alice@example.org", data).good())
          .doesNotContain(key, next)
          .contains(next.substring(0, 8) + "…", "revoked");
      Launcher.consigne("account", "delete", "alice@example.org", "--yes", data).good();
      Launcher.Outcome gone = Launcher.consigne("key", "list", "alice@example.org", data);
      assertThat(gone.exit()).isEqualTo(1);
      assertThat(gone.err()).isEqualTo("consigne: account does not exist: alice@example.org\n");
    }
  }

  @Test
  void quotas_areSet_shown_andCountAtOnce() {
    try (HostProcess host = HostProcess.start(home.resolve("data"))) {
      String data = "--data=" + host.data();
      Launcher.consigne("account", "add", "alice@example.org", "--quota=2T", "--files=10", data)
          .good();
      assertThat(Launcher.consigne("account", "list", data).good())
          .containsPattern("alice@example.org +gold +0 +2,199,023,255,552 +0 +10 ");
      assertThat(
              Launcher.consigne("account", "set", "alice@example.org", "--quota=500G", data).good())
          .isEqualTo(
              "alice@example.org may have 536,870,912,000 bytes, and 10 files and folders\n");
      Launcher.consigne("account", "set", "alice@example.org", "--quota=plan", data).good();
      Launcher.consigne("account", "set", "alice@example.org", "--files=plan", data).good();
      assertThat(Launcher.consigne("account", "list", "--json", data).good())
          .contains("\"files\":0,\"allowedFiles\":5000000,\"quota\":\"plan\"");
      for (String wrong : new String[] {"--quota=2X", "--quota=9999999P", "--files=1e3"}) {
        Launcher.Outcome refused =
            Launcher.consigne("account", "set", "alice@example.org", wrong, data);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("must be a number");
      }
      Launcher.Outcome nothing = Launcher.consigne("account", "set", "alice@example.org", data);
      assertThat(nothing.exit()).isEqualTo(2);
      assertThat(nothing.err())
          .contains("consigne: say what to set: --quota SIZE, --files N, or both");
    }
  }

  @Test
  void restrictedKeys_areMade_listed_changed_replaced_andRevoked() throws IOException {
    try (HostProcess host = HostProcess.start(home.resolve("data"))) {
      String data = "--data=" + host.data();
      new Api(host.url(), host.key()).call("folder/mkdir.cgi", "{\"name\":\"Docs\"}");
      String first =
          key("add", "admin", "backup", "--scopes=read,write", "--folder=/Docs", "--rate=5", data);
      assertThat(statusWith(host, first)).isEqualTo(200);
      assertThat(new Api(host.url(), first).post("user/info.cgi", "{}").statusCode())
          .isEqualTo(403);
      key("set", "admin", "backup", "--from=127.0.0.0/8", "--expires=10d", data);
      String listed = Launcher.consigne("key", "list", "admin", data).good();
      assertThat(listed)
          .doesNotContain(first)
          .containsPattern("KEY +ID +NAME +SCOPES +FOLDER +FROM +RATE +EXPIRES +LAST USED +STATE")
          .containsPattern("csg_....… +2 +backup +read,write +[0-9]+ +127.0.0.0/8 +5/s +20")
          .contains("expires soon", "(master)");
      assertAligned(listed);
      String second = key("rotate", "admin", "backup", "--overlap=1h", data);
      assertThat(statusWith(host, first)).isEqualTo(200);
      String third = key("rotate", "admin", "backup", "--yes", data);
      assertThat(statusWith(host, second)).isEqualTo(401);
      Launcher.Outcome good = verified(third, data);
      assertThat(good.exit()).isZero();
      assertThat(good.out()).containsPattern("state +active");
      key("set", "admin", "backup", "--from=192.0.2.1", data);
      assertThat(statusWith(host, third)).isEqualTo(403);
      key("revoke", "admin", "backup", "--yes", data);
      assertThat(statusWith(host, third)).isEqualTo(401);
      Launcher.Outcome dead = verified(third, data);
      assertThat(dead.exit()).isEqualTo(4);
      assertThat(dead.out()).containsPattern("state +revoked");
      Launcher.Outcome none = verified(third.replace("csg_", "csg-"), data);
      assertThat(none.exit()).isEqualTo(3);
      assertThat(none.err()).startsWith("consigne: not a key: ").doesNotContain(third);
      assertThat(verified("csg_" + "0".repeat(28), data).exit()).isEqualTo(3);
      assertThat(verified(third, "--data=" + home.resolve("nowhere")).exit()).isEqualTo(2);
      assertThat(statusWith(host, host.key())).isEqualTo(200);
    }
  }

  @Test
  void leakedKey_isFoundInFilesAndInput_andRevoked() throws IOException {
    try (HostProcess host = HostProcess.start(home.resolve("data"))) {
      String data = "--data=" + host.data();
      String key = key("add", "admin", "leaked", "--scopes=read", data);
      Path folder = Files.createDirectory(home.resolve("src"));
      Path script = Files.writeString(folder.resolve("run.sh"), "#!/bin/sh\nKEY=" + key + "\n");
      String hint = key.substring(0, 8) + "…";

      Launcher.Outcome input = Launcher.consigneReading(script, "key", "scan", "-");
      assertThat(input.exit()).isEqualTo(3);
      assertThat(input.out()).startsWith("-:2: key of consigne " + hint + "\n");
      Launcher.Outcome json = Launcher.consigne("key", "scan", "--json", folder.toString());
      assertThat(json.exit()).isEqualTo(3);
      assertThat(json.out())
          .contains("\"line\":2", "\"kind\":\"consigne\"", "\"places\":1", hint)
          .doesNotContain(key);
      assertThat(statusWith(host, key)).isEqualTo(200);

      Launcher.Outcome revoked =
          Launcher.consigne("key", "scan", "--revoke", folder.toString(), data);
      assertThat(revoked.exit()).isEqualTo(3);
      assertThat(revoked.out()).contains(hint + " is revoked").doesNotContain(key);
      assertThat(statusWith(host, key)).isEqualTo(401);
      assertThat(Launcher.consigne("audit", "admin", data).good()).contains("key.report");
      Files.delete(script);
      Launcher.consigne("key", "scan", folder.toString()).good();
    }
  }

  private static String key(String... arguments) {
    String[] all = Stream.concat(Stream.of("key"), Stream.of(arguments)).toArray(String[]::new);
    return Launcher.consigne(all).good().strip();
  }

  private Launcher.Outcome verified(String key, String data) throws IOException {
    Path input = Files.writeString(home.resolve("key.txt"), key + "\n");
    return Launcher.consigneReading(input, "key", "verify", data);
  }

  /** The last column begins in the same place in every line. */
  private static void assertAligned(String table) {
    int column = table.lines().findFirst().orElseThrow().indexOf("STATE");
    assertThat(table.lines())
        .allSatisfy(line -> assertThat(line.substring(column - 2)).matches("  \\S.*"));
  }

  private static int statusWith(HostProcess host, String key) {
    return new Api(host.url(), key).post("file/ls.cgi", "{}").statusCode();
  }

  @Test
  void accounts_whenNoServerRuns_areThereAtTheNextStart() {
    Path data = home.resolve("data");
    HostProcess.start(data).close();
    String key =
        Launcher.consigne("account", "add", "bob@example.org", "--plan=free", "--data=" + data)
            .good()
            .strip();
    try (HostProcess host = HostProcess.start(data)) {
      assertThat(new Api(host.url(), key).call("user/info.cgi", "{}").path("offer").asString())
          .isEqualTo("0");
    }
  }

  /** It made a database and a lock wherever it was pointed at. */
  @Test
  void directoryWithoutAHost_isRefused_andLeftAsItIs() throws IOException {
    Path other = Files.createDirectory(home.resolve("other"));
    for (List<String> command :
        List.of(
            List.of("account", "list"),
            List.of("account", "add", "bob@example.org"),
            List.of("key", "list", "admin"),
            List.of("fsck"))) {
      Launcher.Outcome refused =
          Launcher.consigne(
              Stream.concat(command.stream(), Stream.of("--data=" + other)).toArray(String[]::new));
      assertThat(refused.exit()).isEqualTo(2);
      assertThat(refused.err())
          .startsWith("consigne: there is no host in " + other + " (choose another with --data)");
    }
    assertThat(other).isEmptyDirectory();
  }

  @Test
  void destructiveCommand_withoutATerminal_wantsYes() {
    Path data = home.resolve("data");
    HostProcess.start(data).close();
    Launcher.Outcome refused =
        Launcher.consigne("key", "revoke", "admin", "master", "--data=" + data);
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .contains("revoke the master key of admin?", "Nobody can be asked here: say --yes");
  }

  @Test
  void passwordOfTheMailServer_thatOthersCanRead_isWarnedOf() throws IOException {
    Path password = Files.writeString(home.resolve("password"), "canary");
    String[] options = {
      "--smtp=smtp://127.0.0.1:1",
      "--smtp-from=host@example.org",
      "--smtp-user=host",
      "--smtp-password-file=" + password
    };
    String warning = "Others of this machine can read the password of the mail server in ";
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r-----"));
    try (HostProcess host = HostProcess.start(home.resolve("data"), options)) {
      assertThat(host.log()).contains(warning + password).doesNotContain("canary");
    }
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    try (HostProcess host = HostProcess.start(home.resolve("data"), options)) {
      assertThat(host.log()).doesNotContain(warning);
    }
  }

  @Test
  void secondServer_onOneDirectory_isRefused() {
    try (HostProcess host = HostProcess.start(home.resolve("data"))) {
      Launcher.Outcome second =
          Launcher.consigne("serve", "--data=" + host.data(), "--listen=127.0.0.1:0");
      assertThat(second.exit()).isEqualTo(1);
      assertThat(second.err())
          .isEqualTo(
              "consigne: Another host runs in %s: one serves a directory at a time\n"
                  .formatted(host.data()));
    }
  }

  @Test
  void stop_letsAnUploadEnd_andRefusesNewRequests() throws Exception {
    try (HostProcess host = HostProcess.start(home.resolve("data"));
        SlowUpload upload = SlowUpload.begin(host.port(), host.key())) {
      host.process().destroy();
      upload.awaitStopping(host.url());
      assertThat(upload.finish()).startsWith("HTTP/1.1 302 ");
      host.process().onExit().join();
      try (HostProcess again = HostProcess.start(host.data())) {
        assertThat(
                new Api(again.url(), again.key()).call("file/ls.cgi", "{}").path("count").asInt())
            .isEqualTo(1);
      }
    }
  }

  @Test
  void answeredUpload_afterKill_isThere() {
    byte[] content = "kept whatever happens".repeat(10_000).getBytes(StandardCharsets.UTF_8);
    HostProcess host = HostProcess.start(home.resolve("data"));
    HttpResponse<String> report = new Api(host.url(), host.key()).upload("kept.txt", content);
    host.kill();
    try (HostProcess again = HostProcess.start(host.data())) {
      String link = Api.link(report).replace(host.url(), again.url());
      assertThat(new Api(again.url(), again.key()).download(link)).isEqualTo(content);
    }
  }

  @Test
  void answers_doNotNameTheServer() throws Exception {
    try (HostProcess host = HostProcess.start(home.resolve("data"));
        HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(host.url() + "/nothing-here")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.headers().firstValue("Server")).isEmpty();
      assertThat(answer.body()).doesNotContainIgnoringCase("tomcat");
    }
  }
}
