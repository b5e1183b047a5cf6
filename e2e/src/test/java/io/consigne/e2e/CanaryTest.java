package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final String MAIL_PASSWORD = "canary-of-a-mailer-6b13";
  private static final String DATABASE_PASSWORD = "canary-of-a-database-c4f9";
  private static final String OTHER_HOST_KEY = "canary-of-another-host-2d58";
  private static final String GUESS = "canary-that-is-wrong-e3b9";
  private static final String NO_KEY = "csg_canaryThatNoHostHasMade00000";

  @TempDir static Path home;

  /** Where to look, and what is there. */
  private final Map<String, String> said = new LinkedHashMap<>();

  private final List<String> secrets = new ArrayList<>();

  @Test
  void secrets_comeOutNowhere() throws IOException {
    try (HostProcess host = HostProcess.start(home.resolve("data"), options());
        Rclone rclone = Rclone.leadTo(host, home)) {
      secrets.addAll(List.of(FILE_PASSWORD, FOLDER_PASSWORD, LOGIN_PASSWORD, GUESS, NO_KEY));
      secrets.addAll(List.of(SOURCE_PASSWORD, HOOK_TOKEN, MAIL_PASSWORD, OTHER_HOST_KEY));
      secrets.add(DATABASE_PASSWORD);
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

  private static String[] options() throws IOException {
    Path password = Files.writeString(home.resolve("mail-password"), MAIL_PASSWORD + "\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    return new String[] {
      "--tls-self",
      "--smtp=smtp://127.0.0.1:1",
      "--smtp-from=consigne@example.org",
      "--smtp-user=consigne",
      "--smtp-password-file=" + password
    };
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
    keys(api, host, authority);
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
    String key = "Authorization: Bearer " + OTHER_HOST_KEY;
    heard(
        "remote/request of another host",
        api.post("remote/request.cgi", body.formatted("https://localhost/x", key)));
    heard(
        "remote/request of nothing",
        api.post("remote/request.cgi", body.formatted("x" + source, "Cookie: a")));
    long id = api.call("remote/ls.cgi", "{}").path("data").path(0).path("id").asLong();
    heard("remote/info", api.post("remote/info.cgi", "{\"id\":" + id + "}"));
  }

  /** A key that is made, replaced while its old secret goes on, and revoked. */
  private void keys(Api api, HostProcess host, Path authority) {
    for (String call :
        List.of(
            "key/add.cgi {\"name\":\"phone\",\"scopes\":[\"read\"]}",
            "key/rotate.cgi {\"key\":\"phone\",\"overlap\":\"1h\"}")) {
      String[] words = call.split(" ", 2);
      secrets.add(api.call(words[0], words[1]).path("secret").asString());
      assertThat(secrets.getLast()).startsWith("csg_");
    }
    List<String> both = List.copyOf(secrets.subList(secrets.size() - 2, secrets.size()));
    useKeys(both, host, authority);
    heard("key/ls", api.post("key/ls.cgi", "{}"));
    heard("key/revoke", api.post("key/revoke.cgi", "{\"key\":\"phone\"}"));
    useKeys(both, host, authority);
    heard("key/add that cannot be", api.post("key/add.cgi", "{\"name\":\"" + both.getFirst()));
  }

  private void useKeys(List<String> keys, HostProcess host, Path authority) {
    for (String key : keys) {
      var api = Api.trusting(authority, host.url(), key);
      heard("a key that reads", api.post("file/ls.cgi", "{}"));
      heard("a key that may not write", api.post("folder/mkdir.cgi", "{\"name\":\"x\"}"));
      heard("a key that may not ask", api.post("key/ls.cgi", "{}"));
    }
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
    unreachable();
    regenerated(host);
  }

  /** A database that does not answer, of whose address the password is a part. */
  private void unreachable() {
    String address = "postgresql://consigne:" + DATABASE_PASSWORD + "@127.0.0.1:1/consigne";
    for (List<String> command :
        List.of(
            List.of("account", "list", "--data=" + home.resolve("other")),
            List.of("serve", "--data=" + home.resolve("other"), "--listen=127.0.0.1:0"))) {
      ProcessBuilder process = Launcher.command(command);
      process.environment().put("CONSIGNE_DB", address);
      Launcher.Outcome outcome = Launcher.run(process);
      assertThat(outcome.exit()).as(outcome.toString()).isNotZero();
      heard("no database for " + command.getFirst(), outcome);
    }
  }

  /** The new master key is shown to who asks for it, and to nobody else. */
  private void regenerated(HostProcess host) {
    String data = "--data=" + host.data();
    Launcher.Outcome shown = Launcher.consigne("key", "regenerate", "admin", "--yes", data);
    Matcher key = Pattern.compile("csg_[0-9A-Za-z]{28}").matcher(shown.good());
    assertThat(key.find()).isTrue();
    secrets.add(key.group());
    String use = "Authorization: Bearer ";
    Path authority = host.data().resolve("tls").resolve("ca.pem");
    for (String secret : List.of(host.key(), key.group())) {
      heard("regenerated", curl(authority, host.url(), "header = \"" + use + secret + "\""));
    }
    heard("audit at last", Launcher.consigne("audit", "admin", "--json", data));
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
