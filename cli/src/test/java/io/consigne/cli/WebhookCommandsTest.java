package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code consigne webhook} against a real host, which tells nobody on this machine anything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WebhookCommandsTest {
  /** A name whose address is only known when something is sent. */
  private static final String FORBIDDEN = "http://localhost/hook?token=hush";

  @TempDir private static Path home;
  private Desk desk;

  @BeforeAll
  void start() throws IOException {
    desk = new Desk(home);
  }

  @AfterAll
  void stop() {
    desk.close();
  }

  private List<String> add(String... more) {
    var words = new ArrayList<>(List.of("webhook", "add", FORBIDDEN));
    words.addAll(List.of(more));
    return desk.good(words.toArray(String[]::new)).lines().toList();
  }

  @Test
  void webhook_isMade_listed_andRemoved() {
    List<String> made = add("--event", "fetch.done", "--event", "key.made");
    String id = made.getFirst();
    assertThat(made.get(1)).matches("whs_[0-9A-Za-z]{40}");
    String line =
        desk.good("webhook", "list").lines().filter(l -> l.contains(id)).findFirst().get();
    assertThat(line)
        .contains("http://localhost/hook")
        .endsWith("fetch.done,key.made")
        .doesNotContain("hush");
    assertThat(desk.good("webhook", "list", "--json"))
        .contains("\"id\":" + id, "\"events\":[\"fetch.done\",\"key.made\"]");
    assertThat(desk.run("webhook", "remove", id).exitCode()).isZero();
    assertThat(desk.good("webhook", "list").lines().filter(l -> l.contains(id))).isEmpty();
    assertThat(desk.run("webhook", "test", id).exitCode()).isEqualTo(5);
  }

  @Test
  void address_comesFromTheStandardInput() {
    desk.typing("https://receiver.example.org/typed\n");
    String id = desk.good("webhook", "add", "-").lines().findFirst().orElseThrow();
    desk.typing("");
    assertThat(desk.good("webhook", "list")).contains("https://receiver.example.org/typed  all");
    desk.good("webhook", "remove", id);
  }

  @Test
  void test_endsWithTheResult_andTheLogTellsIt() {
    String id = add("--event", "key.made").getFirst();
    Run run = desk.run("webhook", "test", id);
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(1);
    assertThat(run.out()).contains("failed", "localhost: its address is not public");
    assertThat(desk.good("webhook", "log", id, "--count", "1")).isEqualTo(run.out());
    assertThat(desk.good("webhook", "log", "--json"))
        .contains("\"event\":\"test\"", "\"state\":\"failed\"", "\"tries\":1");
    desk.good("webhook", "remove", id);
  }

  @Test
  void whatMakesNoSense_isRefused() {
    assertThat(desk.run("webhook", "add", "http://127.0.0.1/").exitCode()).isEqualTo(4);
    assertThat(desk.run("webhook", "add", "gopher://h/").exitCode()).isNotZero();
    assertThat(desk.run("webhook", "add", FORBIDDEN, "--event", "all").err())
        .contains("fetch.done");
    assertThat(desk.run("webhook", "log", "--count", "0").exitCode()).isEqualTo(2);
    assertThat(desk.run("webhook").exitCode()).isEqualTo(2);
  }
}
