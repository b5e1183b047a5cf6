package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** sync and its kin with a folder that another account shares. */
@SuppressWarnings("NullAway.Init") // set before each test
final class SharedSyncTest {
  @TempDir private Path home;
  private Desk desk;
  private String alice;
  private String bob;

  /** Alice shares {@code /Team} with Bob, who sits there from now on. */
  @BeforeEach
  void start() throws IOException {
    desk = new Desk(home);
    bob = desk.account("bob@example.org");
    alice = desk.key();
    desk.write("hers/a.txt", "a");
    desk.write("hers/deep/b.txt", "b");
    desk.good("sync", desk.path("hers").toString(), ":/Team");
    desk.good("share", "/Team", "--write", "--with=bob@example.org");
    is(bob);
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private void is(String key) {
    desk.environment().put("CONSIGNE_API_KEY", key);
  }

  private String local(String name) throws IOException {
    return Files.createDirectories(desk.path(name)).toString();
  }

  /** It was passed over without a word, as if there were no copies. */
  @Test
  void dedupe_saysThatItPassesOverFoldersOfOthers() throws IOException {
    desk.write("twice/a.txt", "the same");
    desk.write("twice/b.txt", "the same");
    desk.good("sync", desk.path("twice").toString(), ":/Team");
    String skipped = "consigne: skipped, since another account shares it: /Team\n";
    for (String folder : new String[] {"/", "/Team"}) {
      assertThat(desk.run("dedupe", "--dry-run", folder).err()).startsWith(skipped);
    }
    assertThat(desk.good("dedupe", "--dry-run", "--json"))
        .contains("\"warnings\":[\"skipped, since another account shares it: /Team\"");
    is(alice);
    assertThat(desk.run("dedupe", "--dry-run", "/").err()).doesNotContain("skipped");
  }

  /** It counted as empty, and all local files were removed. */
  @Test
  void folderOfAnother_isFetched_andTheLocalOneMadeLikeIt() throws IOException {
    desk.write("copy/a.txt", "a");
    desk.write("copy/old.txt", "old");
    String copy = local("copy");
    assertThat(desk.good("sync", "--delete", "--yes", ":/Team", copy).lines())
        .containsExactly("fetch deep/b.txt", "remove old.txt");
    assertThat(desk.path("copy/a.txt")).hasContent("a");
    assertThat(desk.path("copy/deep/b.txt")).hasContent("b");
    assertThat(desk.run("check", copy, ":/Team"))
        .isEqualTo(new Run(0, "", "consigne: 2 the same, 0 not\n"));
  }

  /** Each run stored each file once more. */
  @Test
  void folderOfAnother_isStoredInto_once() throws IOException {
    desk.write("copy/a.txt", "changed");
    desk.write("copy/deep/b.txt", "b");
    desk.write("copy/deep/c.txt", "c");
    String copy = local("copy");
    assertThat(desk.good("sync", copy, ":/Team").lines())
        .containsExactly("replace a.txt", "send deep/c.txt");
    assertThat(desk.run("sync", "--delete", copy, ":/Team"))
        .isEqualTo(new Run(0, "", "consigne: 0 done, 3 the same, 0 failed\n"));
    assertThat(desk.run("sync", "--listing-age=1h", copy, ":/Team").err())
        .isEqualTo("consigne: 0 done, 3 the same, 0 failed\n");
    is(alice);
    assertThat(desk.good("ls", "-R", "/Team").lines())
        .containsExactly("deep/", "deep/b.txt", "deep/c.txt", "a.txt");
  }

  /**
   * Of a folder above it, it is no part; what is local under its name was stored anew each time.
   */
  @Test
  void folderOfAnother_isLeftAlone_byARunOfTheWholeAccount() throws IOException {
    desk.write("all/Team/a.txt", "a");
    desk.write("all/own/d.txt", "d");
    String all = local("all");
    String note =
        "consigne: Team: another account shares the remote folder of this name; name it itself to"
            + " compare with it\n";
    assertThat(desk.run("sync", "--delete", "--yes", all, ":/"))
        .isEqualTo(
            new Run(
                8,
                "mkdir own\nsend own/d.txt\n",
                note + "consigne: 2 done, 0 the same, 1 failed\n"));
    assertThat(desk.run("check", all, ":/"))
        .isEqualTo(new Run(1, "", note + "consigne: 1 the same, 0 not, 1 not read\n"));
    assertThat(desk.run("sync", "--delete", "--yes", ":/", all).exitCode()).isEqualTo(8);
    assertThat(desk.path("all/Team/a.txt")).hasContent("a");
    assertThat(desk.run("sync", "--exclude=/Team/", all, ":/").exitCode()).isZero();
    assertThat(desk.good("ls", "/Team")).isEqualTo("deep/\na.txt\n");
  }

  @Test
  void folderOfOnesOwn_ofTheSameName_isTheOneThatIsMeant() throws IOException {
    desk.write("copy/own.txt", "own");
    is(alice);
    desk.good("share", "--end", "/Team");
    is(bob);
    desk.good("mkdir", "/Team");
    is(alice);
    desk.good("share", "/Team", "--write", "--with=bob@example.org");
    is(bob);
    String copy = local("copy");
    assertThat(desk.good("sync", "--delete", copy, ":/Team")).isEqualTo("send own.txt\n");
    assertThat(desk.good("sync", "--delete", copy, ":/Team")).isEmpty();
    is(alice);
    assertThat(desk.good("ls", "/Team")).isEqualTo("deep/\na.txt\n");
  }
}
