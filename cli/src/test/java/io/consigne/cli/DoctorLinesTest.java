package io.consigne.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Timing;
import io.consigne.client.model.ApiKey;
import io.consigne.client.standin.Answering;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.RawHttp.Reply;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each line of {@code consigne doctor}, as it is when all is well, when not, and unknown. */
final class DoctorLinesTest {
  private static final String STATE = ".local/state/consigne/127.0.0.1";
  private static final Pattern FIELDS = Pattern.compile("(\\S+) +(\\S+(?: file)?) {2,}(.*)");

  @TempDir private Path home;
  private final Map<String, String> answers = new LinkedHashMap<>();
  private Map<String, String> headers = dated(Instant.now());

  @BeforeEach
  void account() {
    user("\"offer\":1", "\"available_storage\":900", "\"hot_storage\":100");
  }

  /** What the host tells of the account. */
  private void user(String... members) {
    answers.put("/v1/user/info.cgi", "{\"status\":\"OK\"," + String.join(",", members) + "}");
  }

  private static String paris(Instant time) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
        .format(time.atZone(ZoneId.of("Europe/Paris")));
  }

  private static Map<String, String> dated(Instant time) {
    ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
    return Map.of("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(utc));
  }

  private Answering script() {
    return request -> {
      String told = answers.get(request.target());
      String other = "{\"status\":\"KO\",\"message\":\"Resource not found #469\"}";
      byte[] body = (told == null ? other : told).getBytes(UTF_8);
      return new Reply(told == null ? 404 : 200, "application/json", headers, body);
    };
  }

  /** The line about something, as its grade and its text. */
  private String line(String about, StandIn host) {
    return line(about, Run.against(host, home, "doctor").out());
  }

  private static String line(String about, String out) {
    return out.lines()
        .map(FIELDS::matcher)
        .filter(fields -> fields.matches() && fields.group(2).equals(about))
        .map(fields -> fields.group(1) + " " + fields.group(3))
        .reduce((one, other) -> one + "\n" + other)
        .orElse("");
  }

  private String line(String about) throws IOException {
    try (var host = host()) {
      return line(about, host);
    }
  }

  private StandIn host() throws IOException {
    return new StandIn(Timing.SYSTEM, _ -> Fault.NONE, _ -> script());
  }

  @Test
  void subscription() throws IOException {
    Instant far = Instant.now().plus(Duration.ofDays(90));
    user("\"offer\":1", "\"subscription_end\":\"%s\"".formatted(paris(far)));
    assertThat(line("subscription")).startsWith("ok premium, ends ").endsWith(" UTC");
    Instant soon = Instant.now().plus(Duration.ofDays(9));
    user("\"offer\":2", "\"subscription_end\":\"%s\"".formatted(paris(soon)));
    assertThat(line("subscription")).startsWith("warn access, ends ").contains("; renew it");
    Instant past = Instant.now().minus(Duration.ofDays(1));
    user("\"offer\":1", "\"subscription_end\":\"%s\"".formatted(paris(past)));
    assertThat(line("subscription")).startsWith("fail premium, ended ").endsWith("the key is dead");
    user("\"offer\":1", "\"subscription_end\":\"2099-12-31 23:59:59\"");
    assertThat(line("subscription")).isEqualTo("ok premium, without an end");
    user("\"offer\":0");
    assertThat(line("subscription")).startsWith("warn free; ");
  }

  @Test
  void quota() throws IOException {
    assertThat(line("quota")).isEqualTo("ok 100 B used, 900 B left");
    user("\"offer\":1", "\"available_storage\":5", "\"cold_storage\":95");
    assertThat(line("quota")).startsWith("warn 95 B used, 5 B left; \"consigne dedupe");
    user("\"offer\":1", "\"available_storage\":-5", "\"cold_storage\":95");
    assertThat(line("quota")).startsWith("fail 95 B used, -5 B left, no uploads; ");
  }

  @Test
  void cdn() throws IOException {
    assertThat(line("cdn")).isEqualTo("ok downloads spend no credit (0.0 GB of credit)");
    user("\"offer\":1", "\"cdn\":\"12.34\"", "\"use_cdn\":1");
    assertThat(line("cdn"))
        .isEqualTo("warn downloads spend it, 12.3 GB of credit; the console switches it off");
    answers.put("/v1/capabilities.cgi", "{\"status\":\"OK\",\"server\":\"consigne\"}");
    answers.put("/v1/key/verify.cgi", "{\"status\":\"OK\",\"state\":\"active\"}");
    assertThat(line("cdn")).isEmpty();
  }

  /** Everything that {@code consigne quota} tells of an account; all numbers are different. */
  @Test
  void quotaCommand_tellsWhatTheHostDoes() throws IOException {
    user(
        "\"offer\":1",
        "\"hot_storage\":1024",
        "\"cold_storage\":2048",
        "\"allowed_cold_storage\":4096",
        "\"available_storage\":8192",
        "\"cdn\":1.5",
        "\"use_cdn\":0");
    try (var host = host()) {
      assertThat(Run.against(host, home, "quota"))
          .isEqualTo(
              new Run(
                  0,
                  """
                  used  3.0 KiB
                  left  8.0 KiB
                  hot   1.0 KiB
                  cold  2.0 KiB of 4.0 KiB
                  cdn   1.5 GB of credit, not spent
                  """,
                  ""));
    }
    user("\"offer\":1", "\"cold_storage\":2048", "\"use_cdn\":1");
    try (var host = host()) {
      assertThat(Run.against(host, home, "quota").out())
          .contains("cold  2.0 KiB\n", "cdn   0.0 GB of credit, spent by downloads\n");
    }
  }

  /** An account that may not be asked for: each of its lines is there, and says why. */
  @Test
  void accountThatIsNotTold_isUnknownInEachOfItsLines() throws IOException {
    try (var host = host()) {
      host.refuse("/v1/user/info.cgi", "Resource not allowed #631");
      Run run = Run.against(host, home, "doctor");
      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(line("account", run.out())).startsWith("warn not asked: Resource not allowed");
      for (String about : new String[] {"subscription", "quota", "cdn", "removal"}) {
        assertThat(line(about, run.out())).isEqualTo("? the host did not tell the account");
      }
    }
  }

  @Test
  void removal() throws IOException {
    assertThat(line("removal")).isEqualTo("ok files stay as long as the subscription");
    user("\"offer\":0");
    assertThat(line("removal")).startsWith("warn files of free accounts go ");
    answers.put("/v1/capabilities.cgi", "{\"status\":\"OK\",\"server\":\"consigne\"}");
    answers.put("/v1/key/verify.cgi", "{\"status\":\"OK\",\"state\":\"active\"}");
    assertThat(line("removal")).isEqualTo("? the host refused: Resource not found #469");
    answers.put("/v1/file/ls.cgi", "{\"status\":\"OK\",\"items\":[]}");
    assertThat(line("removal")).isEqualTo("ok no file is near its removal");
    String day = paris(Instant.now().plus(Duration.ofDays(3)));
    answers.put(
        "/v1/file/ls.cgi",
        "{\"status\":\"OK\",\"items\":[{\"filename\":\"a.txt\",\"removal\":\"%s\"}]}"
            .formatted(day));
    assertThat(line("removal")).startsWith("warn 1 file will be removed within 30 days, a.txt");
  }

  @Test
  void clock() throws IOException {
    assertThat(line("clock")).startsWith("ok ");
    headers = dated(Instant.now().minus(Duration.ofHours(1)));
    assertThat(line("clock")).startsWith("warn 360").contains(" s ahead of the host's; set ");
    headers = Map.of();
    assertThat(line("clock")).isEqualTo("? the host's answers have no date");
  }

  /**
   * 1fichier.com is asked for the account once in five minutes. Then the account is told as it was,
   * and the clock is that of its front page, which the key does not go to.
   */
  @Test
  void accountThatIsRemembered_isTold_andTheClockIsComparedAllTheSame() throws IOException {
    try (var desk = new Desk(home)) {
      remember(desk.key(), "127.0.0.1", Duration.ofMinutes(4));
      try (var host = host()) {
        desk.environment().put("CONSIGNE_URL", host.url().toString());
        long soon = Instant.now().plusSeconds(50).toEpochMilli();
        desk.write(STATE + ".budget", "account:%s %d\n".formatted(print(desk.key()), soon));
        Run run = desk.run("doctor");
        assertThat(line("subscription", run.out()))
            .startsWith("ok premium, without an end, as told 4:0");
        assertThat(line("quota", run.out())).startsWith("ok 10 B used, 90 B left, as told 4:0");
        assertThat(line("cdn", run.out()))
            .startsWith("ok downloads spend no credit (0.0 GB of credit), as told 4:0");
        assertThat(line("removal", run.out()))
            .isEqualTo("ok files stay as long as the subscription");
        assertThat(line("account", run.out())).isEmpty();
        assertThat(line("clock", run.out())).startsWith("ok ");
        assertThat(line("key", run.out()))
            .isEqualTo(
                "? not tried now, its age is not known: it comes from CONSIGNE_API_KEY, which has"
                    + " no date");
        assertThat(host.seen()).doesNotContain("/v1/user/info.cgi");
        assertThat(host.failures()).isEmpty();
      }
    }
  }

  /** What no call has shown is asked of the front page, at a host that offers nothing more. */
  @Test
  void clockOfAHostThatWasNotAsked_isThatOfItsFrontPage() throws IOException {
    try (var host = host();
        var client = client(host)) {
      assertThat(client.compareClocks()).isPresent();
      assertThat(client.compareClocks()).isPresent();
      assertThat(host.seen()).containsExactly("/");
      assertThat(host.failures()).isEmpty();
    }
  }

  @Test
  void flood() throws IOException {
    assertThat(line("flood")).isEqualTo("ok none lately");
    long now = Instant.now().toEpochMilli();
    Path budget = home.resolve(STATE + ".budget");
    Files.createDirectories(budget.getParent());
    Files.writeString(budget, "level 2\nflooded %d\n".formatted(now - 1000));
    assertThat(line("flood")).startsWith("warn 2 lately, calls are slower now; ");
  }

  /** Nothing is sent; what this machine knows is told, and why the rest is not. */
  @Test
  void everyLine_isThereDuringAFloodLock() throws IOException {
    try (var host = host()) {
      long end = Instant.now().plusSeconds(100).toEpochMilli();
      Path budget = home.resolve(STATE + ".budget");
      Files.createDirectories(budget.getParent());
      Files.writeString(budget, "lock %d\n".formatted(end));
      Run run = Run.against(host, home, "doctor");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(line("flood", run.out())).startsWith("fail locked for 1:");
      for (String about : new String[] {"clock", "subscription", "quota", "cdn", "removal"}) {
        assertThat(line(about, run.out()))
            .isEqualTo("? nothing is asked while the host has locked this machine out");
      }
      assertThat(line("key", run.out())).startsWith("? not tried now, ");
      assertThat(host.seen()).isEmpty();
    }
  }

  @Test
  void everyLine_isThereOfAHostThatIsNotThere() throws IOException {
    try (var desk = new Desk(home)) {
      desk.environment().put("CONSIGNE_URL", "https://127.0.0.1:1");
      Run run = desk.run("doctor");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(line("tls", run.out())).startsWith("fail no connection to 127.0.0.1:1; ");
      assertThat(line("flood", run.out())).isEqualTo("ok none lately");
      for (String about : new String[] {"clock", "subscription", "quota", "removal"}) {
        assertThat(line(about, run.out())).isEqualTo("? the host was not reached");
      }
    }
  }

  @Test
  void keyOfAFile_isAsOldAsTheFile() throws IOException {
    try (var host = host();
        var desk = new Desk(home)) {
      desk.environment().remove("CONSIGNE_API_KEY");
      desk.environment().put("PATH", "/nowhere");
      desk.typing("a-key\n").good("login", "home", "--url", host.url().toString());
      Path file = desk.path(".config/consigne/keys/home");
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(5))));
      assertThat(line("key", desk.run("doctor").out()))
          .isEqualTo("ok works, kept here, since 5 days");
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(200))));
      assertThat(line("key", desk.run("doctor").out()))
          .isEqualTo("warn works, kept here, since 200 days; replace keys now and then");
    }
  }

  @Test
  void keyWithoutADate_isOfUnknownAge() throws IOException {
    assertThat(line("key"))
        .isEqualTo(
            "? works, its age is not known: it comes from CONSIGNE_API_KEY, which has no date");
    try (var host = host();
        var desk = new Desk(home)) {
      desk.environment().remove("CONSIGNE_API_KEY");
      String url = host.url().toString();
      desk.good("login", "printed", "--url", url, "--from-command", "echo a-key");
      assertThat(line("key", desk.run("doctor").out()))
          .endsWith(", its age is not known: a command prints it");
    }
  }

  @Test
  void keyOfAConsigneHost_isAsOldAsItTells() throws IOException {
    answers.put("/v1/capabilities.cgi", "{\"status\":\"OK\",\"server\":\"consigne\"}");
    String state =
        "{\"status\":\"OK\",\"kind\":\"master\",\"state\":\"%s\",%s\"address_allowed\":1}";
    Instant old = Instant.now().minus(Duration.ofDays(100));
    answers.put("/v1/key/verify.cgi", state.formatted("active", "\"created\":\"" + old + "\","));
    assertThat(line("key"))
        .isEqualTo("warn master, active, since 100 days; replace keys now and then");
    answers.put("/v1/key/verify.cgi", state.formatted("active", ""));
    assertThat(line("key")).isEqualTo("? master, active; the host does not tell its age");
    answers.put("/v1/key/verify.cgi", state.formatted("expired", ""));
    assertThat(line("key"))
        .isEqualTo(
            "fail master, expired; who runs the host makes another, \"consigne key add\";"
                + " \"consigne login\" stores it");
    String soon = "\"ends\":\"" + Instant.now().plus(Duration.ofDays(3)) + "\",";
    answers.put("/v1/key/verify.cgi", state.formatted("active", soon));
    assertThat(line("key"))
        .startsWith("warn master, active, ends ")
        .endsWith(
            " UTC; who runs the host makes another in time, \"consigne key rotate\"; \"consigne"
                + " login\" stores it");
  }

  private Client client(StandIn host) {
    return new Client(ClientConfig.of(host.url(), new ApiKey("a-key")).stateIn(home));
  }

  private static String print(String key) {
    return new ApiKey(key).fingerprint();
  }

  /** What an earlier command has kept of the account. */
  private void remember(String key, String host, Duration age) throws IOException {
    Path file = home.resolve(".local/state/consigne/%s-%s.account".formatted(host, print(key)));
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        asked=%s
        email=alice@example.org
        offer=PREMIUM
        hotBytes=10
        coldBytes=0
        allowedColdBytes=0
        availableBytes=90
        cdnGigabytes=0.0
        cdnUsed=false
        uploadForbidden=false
        """
            .formatted(Instant.now().minus(age)));
  }
}
