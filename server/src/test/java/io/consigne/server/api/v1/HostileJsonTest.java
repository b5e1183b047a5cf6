package io.consigne.server.api.v1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.accounts.Setting;
import io.consigne.server.api.v1.IsolationStage.Caller;
import io.consigne.server.api.v1.Talk.Said;
import io.consigne.server.http.LogCapture;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every member of every request becomes everything that it should not be. Nothing of it breaks the
 * host, is written to its log, takes long, or tells how the host is made.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileJsonTest {
  private static final Duration LONGEST = Duration.ofSeconds(8);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TYPE = "Content-Type: application/json|";

  /** Values as they stand in JSON. */
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "2",
          "0.5",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "1e30000000",
          "\"1e30000000\"",
          "\"\"",
          "\" \"",
          "\"-1\"",
          "\"\\u0000\"",
          "\"a\\u0000b\"",
          "\"\\ud800\"",
          "\"\\uffff\"",
          "\"../../etc/passwd\"",
          "\"..\"",
          "\"/\"",
          "\"a\\r\\nX-Injected: b\"",
          "\"\uD83C\uDF89\u202Egpj.exe\"",
          "\"<script>alert(1)</script>\"",
          "\"' OR 1=1 --\"",
          "\"%00%2e%2e\"",
          "\"0001-01-01 00:00:00\"",
          "\"9999-12-31 23:59:59\"",
          "\"+1000000000-12-31T23:59:59Z\"",
          "\"-1000000000-01-01T00:00:00Z\"",
          "\"https://h/?zzzzzzzzzzzzzzzzzzzz\"",
          "\"" + "x".repeat(300) + "\"",
          "\"" + "\u00e9".repeat(200_000) + "\"",
          "[]",
          "[null]",
          "[[]]",
          "[1]",
          "[\"x\"]",
          "[{}]",
          "{}",
          "{\"a\":{\"b\":[]}}",
          "[" + "\"x\",".repeat(10_000) + "\"x\"]",
          "[" + "{},".repeat(10_000) + "{}]");

  /** What manages keys, and may end the one in use: a password opens it, too. */
  private static final String KEYS = "/v1/key/";

  /** It takes no body. */
  private static final String VERIFY = "/v1/key/verify.cgi";

  private final List<String> slow = new ArrayList<>();
  private IsolationStage stage;
  private Talk talk;
  private int asked;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    stage = new IsolationStage(folder);
    talk = new Talk(stage.port());
  }

  @AfterAll
  void close() {
    talk.close();
    stage.close();
  }

  /** The requests of the matrix, and those whose further members name nothing of an account. */
  private static List<IsolationRow> rows() {
    var rows = new ArrayList<IsolationRow>();
    IsolationMatrix.rows().stream()
        .filter(row -> row.address.startsWith("/v1/") && !row.address.equals(VERIFY))
        .forEach(rows::add);
    rows.add(
        row("file/ls.cgi", "{'sent_after':'2026-01-01','sent_before':'2026-01-01','pretty':1}"));
    rows.add(
        row(
            "file/chattr.cgi",
            "{'urls':['{link}'],'acl':{'ip':['192.0.2.0/24'],'country':['FR'],'email':['a@b.c'],"
                + "'premium':1}}"));
    rows.add(
        row(
            "folder/share.cgi",
            "{'folder_id':{folder},'shares':[{'email':'a@b.c','rw':1,'hide_links':0}]}"));
    rows.add(row("download/get_token.cgi", "{'url':'{link}','inline':1,'single':1}"));
    rows.add(
        row(
            "user/info.cgi",
            Stream.of(Setting.values())
                .map(setting -> "'" + setting.wireName() + "':0")
                .collect(Collectors.joining(",", "{", "}"))));
    rows.sort(Comparator.comparing(row -> row.address.startsWith(KEYS))); // they end the key's life
    return rows;
  }

  private static IsolationRow row(String path, String body) {
    String address = "/v1/" + path;
    return new IsolationRow(
        address, "POST " + address, "application/json", body.replace('\'', '"'));
  }

  @Test
  void member_ofAnyKind_isAnsweredPlainly() {
    try (var log = new LogCapture()) {
      for (IsolationRow row : rows()) {
        for (ObjectNode body : variants(row)) {
          ask(row.address, JSON.writeValueAsBytes(body));
        }
        probe();
      }
      assertThat(log.lines()).isEmpty();
    }
    assertThat(slow).isEmpty();
    System.out.printf(
        "hostile JSON: %d requests x %d values, %d answers, no failure%n",
        rows().size(), VALUES.size(), asked);
  }

  /** The request with each of its values replaced by each of ours, and each member left out. */
  private List<ObjectNode> variants(IsolationRow row) {
    String filled = row.body(stage, stage.names(IsolationTarget.OWN));
    var original = (ObjectNode) JSON.readTree(filled);
    var variants = new ArrayList<ObjectNode>();
    for (String name : original.propertyNames()) {
      variants.add(original.deepCopy().without(name));
      for (String value : VALUES) {
        variants.add(original.deepCopy().set(name, JSON.readTree(value)));
        variants.addAll(inside(original, name, JSON.readTree(value)));
      }
    }
    return variants;
  }

  /** The same, with the value inside of a list or an object. */
  private static List<ObjectNode> inside(ObjectNode original, String name, JsonNode value) {
    var variants = new ArrayList<ObjectNode>();
    JsonNode member = original.get(name);
    if (member instanceof ObjectNode object) {
      changed(object, value).forEach(one -> variants.add(original.deepCopy().set(name, one)));
      changed(object, list(value)).forEach(one -> variants.add(original.deepCopy().set(name, one)));
    }
    if (member instanceof ArrayNode list) {
      variants.add(original.deepCopy().set(name, list(value)));
      variants.add(original.deepCopy().set(name, list.deepCopy().add(value)));
      if (list.get(0) instanceof ObjectNode element) {
        changed(element, value)
            .forEach(one -> variants.add(original.deepCopy().set(name, list(one))));
      }
    }
    return variants;
  }

  private static List<ObjectNode> changed(ObjectNode object, JsonNode value) {
    var changed = new ArrayList<ObjectNode>();
    for (String member : object.propertyNames()) {
      changed.add(object.deepCopy().set(member, value));
    }
    return changed;
  }

  private static ArrayNode list(JsonNode only) {
    return JSON.createArrayNode().add(only);
  }

  private Said ask(String path, byte[] body) {
    long begin = System.nanoTime();
    Caller caller = path.startsWith(KEYS) ? Caller.PASSWORD : Caller.KEY;
    Said said = talk.ask("POST " + path, TYPE + stage.authorization(caller), body);
    if (System.nanoTime() - begin > LONGEST.toNanos()) {
      slow.add(path + " " + new String(body, 0, Math.min(200, body.length), UTF_8));
    }
    asked++;
    said = path.endsWith("capabilities.cgi") ? said : said.harmless();
    assertThat(said.status()).as("%s: %s", path, said).isNotIn(0, 500);
    return said;
  }

  private void probe() {
    Said said = ask("/v1/key/ls.cgi", "{}".getBytes(UTF_8));
    assertThat(said.status()).as(said.toString()).isEqualTo(200);
  }

  @Test
  void body_thatIsNoObject_isRefusedEverywhere() {
    List<byte[]> bodies =
        List.of(
            "{".getBytes(UTF_8),
            "{}{}".getBytes(UTF_8),
            "[]".getBytes(UTF_8),
            "0".getBytes(UTF_8),
            "\"a\"".getBytes(UTF_8),
            "{\"a\":1,\"a\":1}".getBytes(UTF_8),
            "[".repeat(1_000_000).getBytes(UTF_8),
            "{\"a\":".repeat(100_000).getBytes(UTF_8),
            ("{\"a\":[" + "0,".repeat(300_000) + "0]}").getBytes(UTF_8),
            "{\"a\":\"\u00e9\"}".getBytes(ISO_8859_1),
            new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'},
            new byte[100],
            "<xml/>".getBytes(UTF_8),
            "folder_id=0".getBytes(UTF_8));
    for (String path : paths()) {
      for (byte[] body : bodies) {
        Said said = ask(path, body);
        boolean open = path.endsWith("get_upload_server.cgi") || path.endsWith("report.cgi");
        boolean tooLarge = body.length > 16 * 1024 && open;
        assertThat(said.status()).as("%s: %s", path, said).isEqualTo(tooLarge ? 413 : 400);
        assertThat(said.text()).startsWith("{\"status\":\"KO\",\"message\":\"body ");
      }
      probe();
    }
  }

  /** As the RFC allows, the first bytes tell which Unicode it is. */
  @Test
  void body_inOtherUnicode_isReadOrRefused() {
    for (byte[] body :
        List.of("{}".getBytes(UTF_16), "\uFEFF{}".getBytes(UTF_8), "{}".getBytes(ISO_8859_1))) {
      assertThat(ask("/v1/folder/ls.cgi", body).status()).isIn(200, 400);
    }
  }

  @Test
  void body_ofTenMegabytes_isRefusedAndTheConnectionGoesOn() {
    byte[] body = ("{\"a\":\"" + "x".repeat(10 << 20) + "\"}").getBytes(UTF_8);
    for (String path : paths()) {
      Said said = ask(path, body);
      assertThat(said.status()).as("%s: %s", path, said).isEqualTo(413);
      assertThat(said.text())
          .contains("body is too large: " + body.length + ", the limit is ")
          .endsWith("#704\"}");
    }
    probe();
  }

  /** One text that is as long as is taken, or made to be slow to look at. */
  @Test
  void body_ofOneLongText_isAnsweredAtOnce() {
    List<String> texts =
        List.of(
            "x/".repeat((WireLimits.JSON_BODY_BYTES - 100) / 2),
            " ".repeat(100_000),
            "0".repeat(100_000),
            "a.".repeat(50_000) + "@" + "a.".repeat(50_000),
            "https://h/" + "/.".repeat(50_000) + "?" + "z".repeat(50_000),
            "1.".repeat(50_000) + "/" + "1:".repeat(50_000));
    for (String path : without(paths(), KEYS)) {
      for (String text : texts) {
        for (String name : List.of("a", "url", "urls", "filename", "sharing_user", "id")) {
          ask(path, ("{\"" + name + "\":\"" + text + "\"}").getBytes(UTF_8));
        }
      }
    }
    assertThat(slow).isEmpty();
    probe();
  }

  @Test
  void body_ofAnotherType_isRefusedBeforeItIsRead() {
    for (String path : paths()) {
      for (String type :
          List.of("", "Content-Type: text/plain|", "Content-Type: |", "Content-Type: json|")) {
        Said said =
            talk.ask("POST " + path, type + stage.authorization(Caller.KEY), "x".repeat(5 << 20));
        assertThat(said.harmless().status()).as("%s: %s", path, said).isEqualTo(415);
      }
    }
    probe();
  }

  private static Set<String> without(Set<String> paths, String prefix) {
    return paths.stream()
        .filter(path -> !path.startsWith(prefix))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> paths() {
    return rows().stream().map(row -> row.address).collect(Collectors.toCollection(TreeSet::new));
  }
}
