package io.consigne.server.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.keys.ApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in files, and in what a git repository remembers. */
class GitScanTest {
  private final String key = ApiKey.draw(new Random(7)).reveal();
  private final Heard heard = new Heard();
  @TempDir Path folder;

  @BeforeEach
  void repository() throws Exception {
    git("init", "-q");
    git("config", "user.email", "alice@example.org");
    git("config", "user.name", "Alice");
    commit("readme", "nothing here", "first");
  }

  private String git(String... arguments) throws Exception {
    var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(arguments));
    Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(git.getInputStream().readAllBytes(), UTF_8);
    assertThat(git.waitFor()).as(said).isZero();
    return said.strip();
  }

  private String commit(String file, String text, String message) throws Exception {
    Files.writeString(folder.resolve(file), text);
    git("add", "-A");
    git("commit", "-q", "-m", message);
    return git("rev-parse", "HEAD");
  }

  @Test
  void keyThatWasRemovedLater_isFoundWithTheCommitThatBroughtIt() throws Exception {
    String guilty = commit("app.conf", "a\nb\nkey=" + key + "\n", "configure");
    commit("app.conf", "a\nb\n", "no key any more");
    new GitScan(folder, heard).run();
    assertThat(heard.found).containsExactly("app.conf:3 " + guilty + " " + key);
    var now = new Heard();
    new FileScan(now).run(folder.resolve("app.conf"));
    assertThat(now.found).isEmpty();
  }

  @Test
  void keyInABinaryFileAMessageAStashAndALeftover_isFound() throws Exception {
    commit("x", "x", "use " + key);
    Files.write(folder.resolve("bin"), ("\0\1\2" + key + "\0").getBytes(UTF_8));
    git("add", "-A");
    git("stash");
    Files.writeString(folder.resolve("loose"), "never committed " + key);
    git("hash-object", "-w", "loose");
    new GitScan(folder, heard).run();
    assertThat(heard.found).allMatch(line -> line.endsWith(key));
    // The stash is two commits, which repeat the message of the one that they are made on.
    assertThat(heard.found)
        .extracting(line -> line.substring(0, line.indexOf(' ')))
        .containsExactlyInAnyOrder("commit", "commit", "commit", "bin:1", "object");
  }

  @Test
  void noRepository_isTold(@TempDir Path elsewhere) {
    assertThatThrownBy(() -> new GitScan(elsewhere.resolve("none"), heard).run())
        .isInstanceOf(IOException.class);
  }

  @Test
  void files_areReadBelowFolders_andWhatIsUnreadIsTold() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.writeString(folder.resolve("a/b/c.txt"), "\n" + key);
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("a"));
    new FileScan(heard).run(folder.resolve("a"));
    new FileScan(heard).run(folder.resolve("missing"));
    assertThat(heard.found).containsExactly(folder.resolve("a/b/c.txt") + ":2  " + key);
    assertThat(heard.unread).containsExactly(folder.resolve("missing").toString());
  }

  private static final class Heard implements ScanReport {
    private final List<String> found = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();

    @Override
    public void found(String file, String commit, FoundKey key) {
      found.add(file + ":" + key.line() + " " + commit + " " + key.secret());
    }

    @Override
    public void read(long bytes) {}

    @Override
    public void unread(String what, IOException why) {
      unread.add(what);
    }
  }
}
