package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host that bears to be asked for a folder once in 30 seconds: commands that follow one another
 * ask for each folder once, and see what those before them did.
 */
@SuppressWarnings("NullAway.Init") // set before each test
final class KnownListingsTest {
  private static final String LISTING = "/v1/folder/ls.cgi";

  private Path home;
  private StandIn host;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    home = directory;
    host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE);
    good("mkdir", "/a", "/b");
    put("a.txt", "/a/");
    assertThat(good("ls", "-R", "/")).isEqualTo("a/\na/a.txt\nb/\n");
    host.seen().clear();
  }

  @AfterEach
  void stop() throws IOException {
    host.close();
  }

  private String good(String... arguments) {
    Run run = Run.against(host, home, arguments);
    assertThat(run.exitCode()).as(run.toString()).isZero();
    return run.out();
  }

  private void put(String name, String target) throws IOException {
    good("put", Files.writeString(home.resolve(name), name).toString(), target);
  }

  /** All there is, of which nothing is asked for. */
  private List<String> all() {
    List<String> lines = good("ls", "-R", "/").lines().toList();
    assertThat(host.seen()).doesNotContain(LISTING);
    return lines;
  }

  @Test
  void put_isSeen() throws IOException {
    put("new.txt", "/b/");
    assertThat(all()).containsExactly("a/", "a/a.txt", "b/", "b/new.txt");
  }

  @Test
  void put_ofWhatIsThere_isRefusedByWhatIsKnown() throws IOException {
    put("new.txt", "/b/");
    Run run = Run.against(host, home, "put", home.resolve("new.txt").toString(), "/b/");
    assertThat(run.err()).contains("exists already, nothing was uploaded: /b/new.txt");
  }

  @Test
  void mkdirAndRm_areSeen() {
    good("mkdir", "/b/deep/deeper");
    assertThat(all()).containsExactly("a/", "a/a.txt", "b/", "b/deep/", "b/deep/deeper/");
    good("rm", "-r", "--yes", "/b");
    assertThat(all()).containsExactly("a/", "a/a.txt");
    good("rm", "--yes", "/a/a.txt");
    assertThat(all()).containsExactly("a/");
  }

  @Test
  void mvOfFiles_isSeen() {
    good("mv", "/a/a.txt", "/b/");
    assertThat(all()).containsExactly("a/", "b/", "b/a.txt");
    good("mv", "/b/a.txt", "/b/other.txt");
    assertThat(all()).containsExactly("a/", "b/", "b/other.txt");
  }

  @Test
  void mvOfFolders_isSeen_withAllThatIsInThem() {
    good("mv", "/a", "/b/");
    assertThat(all()).containsExactly("b/", "b/a/", "b/a/a.txt");
    good("mv", "/b/a", "/b/other");
    assertThat(all()).containsExactly("b/", "b/other/", "b/other/a.txt");
    good("mv", "/b/other/a.txt", "/b/a");
    assertThat(all()).containsExactly("b/", "b/other/", "b/a");
  }

  @Test
  void cp_isSeen() {
    good("cp", "/a/a.txt", "/b/");
    assertThat(all()).containsExactly("a/", "a/a.txt", "b/", "b/a.txt");
    good("cp", "-r", "/a", "/c");
    assertThat(all()).containsExactly("a/", "a/a.txt", "b/", "b/a.txt", "c/", "c/a.txt");
  }

  @Test
  void locksAndSharing_areSeen() {
    good("link", "--country=FR", "/a/a.txt");
    assertThat(good("ls", "--json", "/a")).contains("\"rules\":true");
    good("share", "/b");
    assertThat(good("ls", "--json", "/")).contains("/dir/");
    good("share", "--end", "/b");
    assertThat(good("ls", "--json", "/")).doesNotContain("/dir/");
  }

  /** On its way it has the path of another folder, which was forgotten with all that is in it. */
  @Test
  void mvOfAFolder_pastOneOfItsName_forgetsNothing() throws IOException {
    good("mkdir", "/a/x/deep", "/b/x/deep");
    put("mine.txt", "/b/x/deep/");
    good("mv", "/a/x", "/b/y");
    assertThat(good("ls", "-R", "/").lines())
        .containsExactly(
            "a/", "a/a.txt", "b/", "b/x/", "b/x/deep/", "b/x/deep/mine.txt", "b/y/", "b/y/deep/");
  }

  /** The folders on the way are told by one call, however many files are beside them. */
  @Test
  void wayThroughALongFolder_isNotAskedForInFull(@TempDir Path another) {
    long folder = host.files().addFolder("long", List.of());
    home = another.resolve("one");
    good("mkdir", "/long/inside");
    for (int i = 0; i < 6_000; i++) {
      host.files().put(folder, "file " + i, Instant.EPOCH.plusSeconds(i));
    }
    home = another.resolve("two");
    assertThat(good("ls", "/long/inside")).isEmpty();
    assertThat(host.seen("/v1/file/ls.cgi")).isZero();
    assertThat(good("ls", "/long").lines()).hasSize(6_001);
    assertThat(host.seen("/v1/file/ls.cgi")).isPositive();
  }
}
