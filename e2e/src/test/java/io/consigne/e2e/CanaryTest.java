package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * No secret comes out where it does not belong. A host is used, rightly and wrongly, with secrets
 * that are known; then everything that it wrote, said and shows is searched for them.
 */
@Timeout(600)
class CanaryTest {
  private static final String FILE_PASSWORD = "canary-of-a-file-5f1c";
  private static final String FOLDER_PASSWORD = "canary-of-a-folder-8a2e";
  private static final String LOGIN_PASSWORD = "canary-of-a-login-77d0";
  private static final String SOURCE_PASSWORD = "canary-of-a-source-41d7";
  private static final String HOOK_TOKEN = "canary-of-a-webhook-09be";
  private static final String GUESS = "canary-that-is-wrong-e3b9";
  private static final String NO_KEY = "csg_canaryThatNoHostHasMade00000";

  @TempDir static Path home;

  /** Where to look, and what is there. */
  private final Map<String, String> said = new LinkedHashMap<>();

  private final List<String> secrets = new ArrayList<>();

  @Test
  void secrets_comeOutNowhere() throws IOException {
    try (HostProcess host = HostProcess.start(home.resolve("data"), "--tls-self");
        Rclone rclone = Rclone.leadTo(host, home)) {
      secrets.addAll(List.of(FILE_PASSWORD, FOLDER_PASSWORD, LOGIN_PASSWORD, GUESS, NO_KEY));
      secrets.add(SOURCE_PASSWORD);
      secrets.add(HOOK_TOKEN);
      secrets.add(host.key());
      password(host);
      use(host);
      Path tree = Samples.tree(home.resolve("tree"));
      heard("rclone", rclone.run("copy", "-v", tree.toString(), ":fichier:there"));
      heard(
          "rclone with a wrong key",
          rclone.run(Map.of("RCLONE_FICHIER_API_KEY", NO_KEY), "lsd", ":fichier:there"));
      processes(host);
      commands(host);
      said.put("the log", host.log());
      said.put("the relay's log", Files.readString(home.resolve("relay.log")));
    }
    said.put("the log after the stop", Files.readString(home.resolve("data.log")));
    files(home.resolve("data"));
    assertThat(said).hasSizeGreaterThan(40);
    said.forEach(this::assertClean);
  }

  /** Gives the account a password, by a line on the standard input of the command. */
  private static void password(HostProcess host) throws IOException {
    Path line = Files.writeString(home.resolve("password"), LOGIN_PASSWORD + "\n");
    Process command =
        Launcher.command(List.of("account", "passwd", "admin", "--data=" + host.data()))
            .redirectInput(line.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(command.onExit().join().exitValue()).isZero();
    Files.delete(line);
  }

  private void use(HostProcess host) {
    Path authority = host.data().resolve("tls").resolve("ca.pem");
    var api = Api.trusting(authority, host.url(), host.key());
    String link = Api.link(api.upload("a.txt", "bytes".getBytes(StandardCharsets.UTF_8)));
    String url = "{\"url\":\"" + link + "\"";
    api.call("file/chattr.cgi", "{\"urls\":[\"" + link + "\"],\"pass\":\"" + FILE_PASSWORD + "\"}");
    api.call("folder/mkdir.cgi", "{\"name\":\"Docs\"}");
    long folder = api.call("folder/ls.cgi", "{}").path("sub_folders").path(0).path("id").asLong();
    heard(
        "folder/share",
        api.post(
            "folder/share.cgi",
            "{\"folder_id\":%d,\"share\":1,\"pass\":\"%s\"}".formatted(folder, FOLDER_PASSWORD)));
    heard("file/info", api.post("file/info.cgi", url + ",\"pass\":\"" + FILE_PASSWORD + "\"}"));
    heard("file/ls", api.post("file/ls.cgi", "{}"));
    heard("folder/ls", api.post("folder/ls.cgi", "{\"files\":1}"));
    String address = api.address(link);
    secrets.add(address.substring(address.lastIndexOf("/p") + 2));
    remote(api);
    webhooks(api);
    failing(api, link);
    failing(Api.trusting(authority, host.url(), NO_KEY), link);
    byPassword(authority, link);
  }

  /** Remote uploads with a password and a cookie, of which none comes to anything. */
  private void remote(Api api) {
    String source = "ftp://me:" + SOURCE_PASSWORD + "@localhost/x";
    String body = "{\"urls\":[\"%s\"],\"headers\":[\"%s\"]}";
    for (String header : List.of("Cookie: ", "Host: ", "")) {
      heard(
          "remote/request",
          api.post("remote/request.cgi", body.formatted(source, header + SOURCE_PASSWORD)));
    }
    heard(
        "remote/request of nothing",
        api.post("remote/request.cgi", body.formatted("x" + source, "Cookie: a")));
    long id = api.call("remote/ls.cgi", "{}").path("data").path(0).path("id").asLong();
    heard("remote/info", api.post("remote/info.cgi", "{\"id\":" + id + "}"));
  }

  /** Webhooks that nobody may be told by, and one that is told of in vain. */
  private void webhooks(Api api) {
    String body = "{\"url\":\"%s/hook?token=" + HOOK_TOKEN + "\"}";
    for (String place : List.of("http://127.0.0.1", "gopher://h", "http://me:a@h", "x")) {
      heard("webhook/add", api.post("webhook/add.cgi", body.formatted(place)));
    }
    var made = api.call("webhook/add.cgi", body.formatted("http://localhost"));
    secrets.add(made.path("secret").asString());
    assertThat(secrets.getLast()).startsWith("whs_");
    String id = "{\"id\":" + made.path("id").asLong() + "}";
    heard("webhook/test", api.post("webhook/test.cgi", id));
    heard("webhook/ls", api.post("webhook/ls.cgi", "{}"));
    await()
        .until(() ->
            api.call("webhook/log.cgi", id).path("messages").path(0).path("tries").asLong() > 0);
    heard("webhook/log", api.post("webhook/log.cgi", id));
  }

  /** Requests that are refused, with secrets where they belong and where they do not. */
  private void failing(Api api, String link) {
    String url = "{\"url\":\"" + link + "\"";
    heard("foreign file", api.post("file/info.cgi", "{\"url\":\"h/?abcdefghij0123456789\"}"));
    heard("wrong type", api.post("file/info.cgi", url + ",\"pass\":[\"" + GUESS + "\"]}"));
    heard("no JSON", api.post("file/info.cgi", "{\"pass\":\"" + GUESS));
    heard("twice", api.post("file/info.cgi", "{\"pass\":\"" + GUESS + "\",\"pass\":1}"));
    heard(
        "too long",
        api.post(
            "file/chattr.cgi",
            "{\"urls\":[\"%s\"],\"pass\":\"%s\"}".formatted(link, GUESS.repeat(20))));
    heard("upload", api.upload("b.txt", new byte[] {1}));
    heard("report", api.post("key/report.cgi", "{\"key\":\"" + NO_KEY + "\"}"));
    heard("audit", api.post("audit.cgi", "{}"));
  }

  /** A stranger, by curl, which gets its secrets in a file. */
  private void byPassword(Path authority, String link) {
    for (String password : List.of(GUESS, FILE_PASSWORD)) {
      heard("page", curl(authority, link, "data = \"pass=" + password + "\""));
    }
    for (String password : List.of(GUESS, LOGIN_PASSWORD)) {
      heard("login", curl(authority, link + "&auth=1&e=1", "user = \"admin:" + password + "\""));
    }
  }

  private static Launcher.Outcome curl(Path authority, String url, String secret) {
    try {
      Path options = Files.createTempFile(home, "curl", ".conf");
      Files.writeString(options, secret + "\nurl = \"" + url + "\"\n");
      Launcher.Outcome outcome =
          Launcher.run(
              new ProcessBuilder(
                  "curl",
                  "-sS",
                  "-o",
                  "-",
                  "--cacert",
                  authority.toString(),
                  "-K",
                  options.toString()));
      Files.delete(options);
      return outcome;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What every user of the machine, and who asks the virtual machine, sees of the processes. */
  private void processes(HostProcess host) throws IOException {
    var all = new ArrayList<>(host.process().descendants().toList());
    all.add(host.process().toHandle());
    for (ProcessHandle process : all) {
      Path proc = Path.of("/proc", Long.toString(process.pid()));
      said.put("command line of " + process.pid(), Files.readString(proc.resolve("cmdline")));
      said.put("environment of " + process.pid(), Files.readString(proc.resolve("environ")));
    }
    String java =
        all.stream()
            .filter(process -> process.info().command().orElse("").endsWith("/java"))
            .map(process -> Long.toString(process.pid()))
            .findFirst()
            .orElseThrow();
    for (String request : List.of("Thread.print", "VM.command_line", "VM.system_properties")) {
      String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      Launcher.Outcome outcome = Launcher.run(new ProcessBuilder(jcmd, java, request));
      assertThat(outcome.good()).contains(java);
      heard("jcmd " + request, outcome);
    }
  }

  private void commands(HostProcess host) {
    String data = "--data=" + host.data();
    heard("audit", Launcher.consigne("audit", "admin", "--json", data));
    heard("audit as a table", Launcher.consigne("audit", "admin", data));
    assertThat(said.get("audit")).contains("wrong password").contains("file.change");
    heard("key list", Launcher.consigne("key", "list", "admin", data));
    heard("account list", Launcher.consigne("account", "list", data));
    heard(
        "key scan", Launcher.consigne("key", "scan", HostProcess.keyFile(host.data()).toString()));
    assertThat(said.get("key scan")).contains("1 key in 1 place");
  }

  private void heard(String what, HttpResponse<String> answer) {
    said.put(what + " " + said.size(), answer.statusCode() + " " + answer.body());
  }

  private void heard(String what, Launcher.Outcome outcome) {
    said.put(
        said.containsKey(what) ? what + " " + said.size() : what, outcome.out() + outcome.err());
  }

  /** Every file of the host, bytes as characters: of keys and passwords only hashes are there. */
  private void files(Path data) throws IOException {
    try (Stream<Path> all = Files.walk(data)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        said.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
  }

  private void assertClean(String where, String text) {
    for (String secret : secrets) {
      String basic =
          Base64.getEncoder().encodeToString(("admin:" + secret).getBytes(StandardCharsets.UTF_8));
      assertThat(text.contains(secret) || text.contains(basic))
          .as("%s shows %s…", where, secret.substring(0, 12))
          .isFalse();
    }
  }
}
