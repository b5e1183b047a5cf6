package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What an earlier version wrote is all there; what a later one wrote is left alone. */
class UpgradeTest {
  private static final String SHARED_WITH = "bob@example.org";
  private static final String UPLOAD =
      "--edge\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\"by password\"\r\n\r\n"
          + "bytes\r\n--edge--\r\n";

  @TempDir Path home;

  @ParameterizedTest
  @ValueSource(strings = {"d578f82", "139eadb", "4eb06d2"})
  void directoryOfAnEarlierVersion_opens_andAllIsThere(String commit) throws Exception {
    Fixture fixture = Fixture.unpack(commit, home);
    try (HostProcess host = HostProcess.start(fixture.data())) {
      for (JsonNode file : fixture.expected().path("files")) {
        checkFile(host, fixture, file);
      }
      checkRemoved(host, fixture);
      checkShares(host, fixture);
      checkPasswords(host, fixture);
      checkKeys(host, fixture);
      checkRequests(host, fixture);
      String data = "--data=" + fixture.data();
      assertThat(Launcher.consigne("fsck", data).good()).endsWith("all is well\n");
      assertThat(Launcher.consigne("scrub", data).good()).endsWith("No damage is known\n");
      byte[] more = "after the upgrade".getBytes(StandardCharsets.UTF_8);
      var admin = new Api(host.url(), fixture.key("admin"));
      assertThat(admin.download(Api.link(admin.upload("more.txt", more)))).isEqualTo(more);
    }
    try (HostProcess again = HostProcess.start(fixture.data())) {
      checkFile(again, fixture, fixture.expected().path("files").path(0));
    }
  }

  private static void checkFile(HostProcess host, Fixture fixture, JsonNode file) {
    String link = host.url() + "/?" + file.path("link").asString();
    var api = new Api(host.url(), fixture.key(file.path("account").asString()));
    JsonNode info = api.call("file/info.cgi", "{\"url\":\"" + link + "\"}");
    assertThat(info.path("filename").asString()).isEqualTo(file.path("name").asString());
    assertThat(info.path("size").asLong()).isEqualTo(file.path("size").asLong());
    assertThat(info.path("path").asString("")).isEqualTo(file.path("folder").asString());
    assertThat(info.path("checksum").asString()).hasSize(128);
    assertThat(info.path("pass").asInt()).isEqualTo(file.has("password") ? 1 : 0);
    assertThat(sha256(api.download(link))).isEqualTo(file.path("sha256").asString());
  }

  private static void checkRemoved(HostProcess host, Fixture fixture) {
    String link = host.url() + "/?" + fixture.expected().path("removed").asString();
    var api = new Api(host.url(), fixture.key("admin"));
    assertThat(api.post("file/info.cgi", "{\"url\":\"" + link + "\"}").statusCode()).isEqualTo(404);
  }

  private static void checkShares(HostProcess host, Fixture fixture) throws Exception {
    JsonNode root =
        new Api(host.url(), fixture.key(SHARED_WITH)).call("folder/ls.cgi", "{\"folder_id\":0}");
    assertThat(root.path("sub_folders").path(0).path("name").asString()).isEqualTo("For Bob");
    assertThat(root.path("sub_folders").path(0).path("rw").asInt()).isEqualTo(1);
    String share = host.url() + "/dir/" + fixture.expected().path("share").asString();
    assertThat(form(share, "json=1&pass=wrong").statusCode()).isEqualTo(403);
    String pass =
        URLEncoder.encode(
            fixture.expected().path("sharePassword").asString(), StandardCharsets.UTF_8);
    HttpResponse<String> listed = form(share, "json=1&pass=" + pass);
    assertThat(listed.statusCode()).isEqualTo(200);
    assertThat(listed.body()).contains("public.txt");
  }

  /** A file's password still opens it to a stranger, and an account's its links. */
  private static void checkPasswords(HostProcess host, Fixture fixture) throws Exception {
    var stranger = new Api(host.url(), fixture.key(SHARED_WITH));
    JsonNode locked =
        fixture
            .expected()
            .path("files")
            .valueStream()
            .filter(file -> file.has("password"))
            .findFirst()
            .orElseThrow();
    String request = "{\"url\":\"%s/?%s\",\"pass\":\"%s\"}";
    String link = locked.path("link").asString();
    String good = locked.path("password").asString();
    assertThat(
            stranger
                .post("file/info.cgi", request.formatted(host.url(), link, "wrong"))
                .statusCode())
        .isEqualTo(403);
    assertThat(
            stranger.post("file/info.cgi", request.formatted(host.url(), link, good)).statusCode())
        .isEqualTo(200);
    JsonNode login = fixture.expected().path("password");
    for (String email : login.propertyNames()) {
      assertThat(loginStatus(host, email, login.path(email).asString())).isEqualTo(302);
      assertThat(loginStatus(host, email, "wrong")).isNotEqualTo(302);
    }
  }

  /** Restricted keys see what they saw, and revoked ones nothing; the first version had neither. */
  private static void checkKeys(HostProcess host, Fixture fixture) {
    JsonNode restricted = fixture.expected().path("restricted");
    if (restricted.isMissingNode()) {
      return;
    }
    var api = new Api(host.url(), restricted.path("key").asString());
    JsonNode root = api.call("folder/ls.cgi", "{\"folder_id\":0}");
    assertThat(root.path("sub_folders").size()).isEqualTo(1);
    assertThat(root.path("sub_folders").path(0).path("name").asString())
        .isEqualTo(restricted.path("sees").asString());
    assertThat(api.post("remote/ls.cgi", "{}").statusCode()).isEqualTo(403);
    JsonNode first = fixture.expected().path("files").path(0);
    String hidden = "{\"url\":\"%s/?%s\"}".formatted(host.url(), first.path("link").asString());
    assertThat(api.post("file/info.cgi", hidden).statusCode()).isEqualTo(404);
    var revoked = new Api(host.url(), fixture.expected().path("revoked").asString());
    assertThat(revoked.post("folder/ls.cgi", "{}").statusCode()).isEqualTo(401);
  }

  /** What was to be fetched, and whom to tell, whose addresses are sealed; and the log. */
  private static void checkRequests(HostProcess host, Fixture fixture) {
    JsonNode fetch = fixture.expected().path("fetch");
    if (fetch.isMissingNode()) {
      return;
    }
    var admin = new Api(host.url(), fixture.key("admin"));
    JsonNode info = admin.call("remote/info.cgi", "{\"id\":" + fetch.path("request") + "}");
    assertThat(info.path("links").path(0).asString()).isEqualTo(fetch.path("url").asString());
    assertThat(info.path("fetches").path(0).path("url").asString())
        .isEqualTo(fetch.path("url").asString());
    JsonNode hook = admin.call("webhook/ls.cgi", "{}").path("webhooks").path(0);
    assertThat(hook.path("url").asString())
        .startsWith(fixture.expected().path("webhook").asString());
    JsonNode lines = admin.call("audit.cgi", "{\"count\":1000}").path("lines");
    assertThat(lines.size()).isGreaterThanOrEqualTo(fixture.expected().path("auditLines").asInt());
  }

  private static int loginStatus(HostProcess host, String email, String password) throws Exception {
    String login = email + ":" + password;
    String encoded = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(host.url() + "/upload.cgi"))
                  .header("Authorization", "Basic " + encoded)
                  .header("Content-Type", "multipart/form-data; boundary=edge")
                  .POST(HttpRequest.BodyPublishers.ofString(UPLOAD))
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private static HttpResponse<String> form(String address, String body) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(address))
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void databaseOfALaterVersion_isRefused_andNothingIsChanged() throws Exception {
    Fixture fixture = Fixture.unpack("d578f82", home);
    change(
        fixture.data(),
        """
        INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,
          checksum, installed_by, execution_time, success)
        VALUES (900, '900', 'later', 'SQL', 'V900__later.sql', 17, '', 1, 1)
        """);
    // A later version has closed them to others, which is told when it is done.
    for (String ours : List.of("blobs", "consigne.db")) {
      Files.setPosixFilePermissions(
          fixture.data().resolve(ours), PosixFilePermissions.fromString("rwx------"));
    }
    Map<String, String> before = hashes(fixture.data());
    String data = "--data=" + fixture.data();

    for (String[] command :
        new String[][] {
          {"serve", "--listen=127.0.0.1:0"},
          {"account", "list"},
          {"scrub"},
          {"fsck", "--repair"},
          {"backup", home.resolve("backup").toString()}
        }) {
      String[] arguments =
          Stream.concat(Stream.of(command), Stream.of(data)).toArray(String[]::new);
      Launcher.Outcome refused = Launcher.consigne(arguments);
      assertThat(refused.exit()).isEqualTo(1);
      assertThat(refused.err())
          .matches(
              "consigne: the database has schema version 900, but this program knows only"
                  + " versions up to [0-9]+: start a program at least as new as the one that wrote"
                  + " it\n");
      assertThat(hashes(fixture.data())).isEqualTo(before);
    }
  }

  @Test
  void databaseBesideAnotherStore_isRefused_andNothingIsChanged() throws Exception {
    Path data = home.resolve("one");
    Path other = home.resolve("other");
    HostProcess.start(data).close();
    try (HostProcess host = HostProcess.start(other)) {
      new Api(host.url(), host.key()).upload("kept.txt", new byte[100_000]);
    }
    Files.delete(data.resolve("consigne.db"));
    Files.copy(other.resolve("consigne.db"), data.resolve("consigne.db"));
    Map<String, String> before = hashes(data);

    Launcher.Outcome refused = Launcher.consigne("serve", "--listen=127.0.0.1:0", "--data=" + data);
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err())
        .startsWith("consigne: The database and " + data.resolve("blobs"))
        .contains(" do not belong together: the database is of the store ");
    assertThat(hashes(data)).isEqualTo(before);
  }

  private static void change(Path data, String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("consigne.db"));
        Statement made = connection.createStatement()) {
      made.executeUpdate(statement);
    }
  }

  /** The hash of each file below a directory, but for the lock. */
  private static Map<String, String> hashes(Path directory) throws IOException {
    var hashes = new TreeMap<String, String>();
    try (Stream<Path> below = Files.walk(directory)) {
      for (Path path : below.filter(Files::isRegularFile).toList()) {
        if (!path.endsWith("lock")) {
          hashes.put(directory.relativize(path).toString(), sha256(Files.readAllBytes(path)));
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return hashes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
