package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.server.config.HostConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A list with bad addresses: the good ones are fetched, the bad ones named, and nobody connects to
 * what is private.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RefusedSourceCommandsTest {
  private Desk desk;
  private ServerSocket witness;
  private String secret;

  @BeforeAll
  void start(@TempDir Path home) throws IOException {
    witness = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    int port = witness.getLocalPort();
    secret = "http://127.0.0.1:" + port + "/secret";
    var fetches = new HostConfig.Fetches(16, List.of(), Set.of(port), Set.of(), true);
    desk = new Desk(home, new HostConfig.Tls.None(), fetches);
  }

  @AfterAll
  void stop() throws IOException {
    desk.close();
    witness.close();
  }

  private String link(String name) throws IOException {
    desk.good("put", desk.write(name, "bytes of " + name).toString(), "/sources/");
    return desk.good("link", "/sources/" + name).strip();
  }

  private void requireNoConnection() throws IOException {
    witness.setSoTimeout(1);
    assertThatThrownBy(witness::accept).isInstanceOf(SocketTimeoutException.class);
  }

  @Test
  void badLines_areNamedWithTheirReasons_andTheOthersAreFetched() throws IOException {
    String text = "# films\n" + link("one.txt") + "\n\n" + secret + "\nno address\n";
    Path list = desk.write("list.txt", text);
    Run run = desk.run("remote", "add", "--from", list.toString(), "--folder", "/in");
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(8);
    assertThat(run.err().lines())
        .containsExactly(
            "consigne: refused: "
                + list
                + ":4: "
                + secret
                + ": This host does not fetch from 127.0.0.1: its address is not public",
            "consigne: refused: "
                + list
                + ":5: no address: url must be like https://example.org/file.zip");
    String id = run.out().strip();
    assertThat(desk.run("remote", "wait", id).exitCode()).isEqualTo(8);
    assertThat(desk.good("cat", "/in/one.txt")).isEqualTo("bytes of one.txt");
    desk.good("remote", "retry", id);
    assertThat(desk.run("remote", "wait", id).exitCode()).isEqualTo(8);
    requireNoConnection();
  }

  @Test
  void standardInput_isRead_andJsonTellsWhatWasRefused() throws IOException {
    Run run =
        desk.typing(link("two.txt") + "\n" + secret + "\n").run("remote", "add", "-", "--json");
    assertThat(run.exitCode()).isEqualTo(8);
    assertThat(run.out())
        .contains("\"sources\":2", "\"where\":\"line 2\"", "\"url\":\"" + secret + "\"")
        .contains(
            "\"next\":\"ask again for those alone that failed: all others would come twice\"");
    requireNoConnection();
  }

  @Test
  void nothingButBadOnes_isAFailure_andOneAloneIsRefusedAtOnce() throws IOException {
    Run all = desk.run("remote", "add", secret, "no address", "--wait");
    assertThat(all.exitCode()).as(all.toString()).isEqualTo(1);
    assertThat(all.out().lines()).hasSize(2).allMatch(line -> line.startsWith("failed "));
    Run one = desk.run("remote", "add", secret);
    assertThat(one.exitCode()).isEqualTo(4);
    assertThat(one.out()).isEmpty();
    assertThat(one.err()).contains("does not fetch from 127.0.0.1");
    requireNoConnection();
  }

  /** More than one request takes, and none of the sources alone in its own. */
  @Test
  void manySources_areSeveralRequests_andTheLastOneIsNamedToo() {
    String missing = "http://missing.invalid:" + witness.getLocalPort() + "/";
    var text = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      text.append(missing).append(i).append('\n');
    }
    Run run = desk.typing(text + secret + "\n").run("remote", "add", "-");
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(8);
    assertThat(run.err()).contains("refused: line 501: " + secret);
    List<String> ids = run.out().lines().toList();
    assertThat(ids).hasSize(2);
    ids.forEach(id -> desk.good("remote", "cancel", id));
  }
}
