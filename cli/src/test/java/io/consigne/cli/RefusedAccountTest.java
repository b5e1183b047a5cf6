package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused for the whole account was asked again for every file. */
@SuppressWarnings("NullAway.Init") // set before each test
final class RefusedAccountTest {
  private static final int FILES = 60;
  private static final String TOKEN = "/v1/download/get_token.cgi";

  @TempDir private Path home;
  private StandIn host;

  @BeforeEach
  void start() throws IOException {
    host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE);
    host.files().addFull("many", FILES);
  }

  @AfterEach
  void stop() throws IOException {
    host.close();
  }

  private Run get(String... more) {
    return down("get", "-r", "/many", more);
  }

  private Run sync(String... more) {
    return down("sync", "--quiet", ":/many", more);
  }

  private Run down(String command, String option, String from, String... more) {
    var arguments = new String[4 + more.length];
    System.arraycopy(new String[] {command, option}, 0, arguments, 0, 2);
    System.arraycopy(more, 0, arguments, 2, more.length);
    arguments[arguments.length - 2] = from;
    arguments[arguments.length - 1] = home.resolve("down").toString();
    return Run.against(host, home, arguments);
  }

  @ParameterizedTest
  @CsvSource({"No such user #93, 3", "Must be a customer #200, 4"})
  void refusalOfTheAccount_endsAtOnce(String words, int exitCode) {
    host.refuse(TOKEN, words);
    Run get = get("--transfers=1");
    assertThat(host.seen(TOKEN)).isOne();
    assertThat(get.exitCode()).isEqualTo(exitCode);
    assertThat(get.err())
        .startsWith(
            """
            consigne: /many/1: the host refused: %s
            consigne: 59 files not tried, since the host refused: %s; "consigne \
            """
                .formatted(words, words));
    Run sync = sync("--transfers=1");
    assertThat(host.seen(TOKEN)).isEqualTo(2);
    assertThat(sync.exitCode()).isEqualTo(exitCode);
    assertThat(sync.err())
        .startsWith(
            """
            consigne: 1: %s
            consigne: 59 steps not tried, since the host refused: %s; "consigne \
            """
                .formatted(words, words));
  }

  /** Those that are under way may have asked already. */
  @Test
  void refusalOfTheAccount_endsThoseUnderWay() {
    host.refuse(TOKEN, "No such user #93");
    assertThat(get().exitCode()).isEqualTo(3);
    assertThat(sync().exitCode()).isEqualTo(3);
    assertThat(host.seen(TOKEN)).isLessThanOrEqualTo(16);
  }

  @Test
  void fiveAlikeInARow_end() {
    host.refuse(TOKEN, "Use CDN credits #913");
    Run get = get("--transfers=1");
    assertThat(host.seen(TOKEN)).isEqualTo(5);
    assertThat(get.exitCode()).isEqualTo(4);
    assertThat(get.err())
        .contains("consigne: 55 files not tried, since the host refused: Use CDN credits #913;");
    Run sync = sync("--transfers=1", "--json");
    assertThat(host.seen(TOKEN)).isEqualTo(10);
    assertThat(sync.exitCode()).isEqualTo(4);
    assertThat(sync.out()).contains("\"notTried\":55");
  }

  /** They are five of sixty, and say nothing of the others. */
  @Test
  void refusalsOfSingleFiles_endNothing() {
    host.refuse(TOKEN, "Resource not allowed #631");
    Run get = get("--transfers=1");
    assertThat(host.seen(TOKEN)).isEqualTo(FILES);
    assertThat(get.err()).doesNotContain("not tried");
  }

  @Test
  void put_tellsHowManyWereNotTried() throws IOException {
    for (int i = 0; i < 7; i++) {
      Path folder = Files.createDirectories(home.resolve("up/" + i));
      Files.writeString(folder.resolve("a"), "a");
    }
    host.refuse("/v1/upload/get_upload_server.cgi", "No such user #93");
    Run put = Run.against(host, home, "put", "-r", home.resolve("up").toString(), "/");
    assertThat(put.exitCode()).isEqualTo(3);
    assertThat(put.err()).contains(" files not tried, since the host refused: No such user #93;");
  }

  /** It was said that the host refuses, and not what that means for how many files. */
  @Test
  void keyThatIsDeadFromTheFirstListing_tellsHowManyWereNotTried() throws IOException {
    String up = home.resolve("up").toString();
    for (int i = 0; i < 7; i++) {
      Path folder = Files.createDirectories(home.resolve("up/" + i));
      Files.writeString(folder.resolve("a"), "a");
    }
    host.refuse("/v1/folder/ls.cgi", "No such user #93");
    var expected =
        new Run(
            3,
            "",
            """
            consigne: 7 files not tried, since the host refused: No such user #93; \
            "consigne login" stores a key
            """);
    assertThat(Run.against(host, home, "put", "-r", up, "/")).isEqualTo(expected);
    assertThat(Run.against(host, home, "sync", up, ":/")).isEqualTo(expected);
    assertThat(host.seen("/v1/folder/ls.cgi")).isEqualTo(2);
    assertThat(Run.against(host, home, "put", up + "/1/a", "/").err())
        .startsWith("consigne: the host refused: No such user #93;");
  }

  @Test
  void get_tellsTheOneThatWasTried_inJson() {
    host.refuse(TOKEN, "No such user #93");
    Run get = get("--transfers=1", "--json");
    assertThat(get.out().split("\"state\":\"failed\"", -1)).hasSize(2);
  }

  /** Each folder is a call. */
  @Test
  void cp_endsToo() {
    for (int i = 0; i < 8; i++) {
      host.files().addFull("few" + i, 1);
    }
    host.refuse("/v1/file/cp.cgi", "Not authenticated #247");
    Run run = Run.against(host, home, "cp", "-r", "/few0", "/few1", "/few2", "/copies/");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(host.seen("/v1/file/cp.cgi")).isOne();
    assertThat(run.err())
        .isEqualTo(
            """
            consigne: /few0/1: the host refused: Not authenticated #247
            consigne: 2 files not tried, since the host refused: Not authenticated #247; \
            "consigne login" stores a key
            """);
  }
}
