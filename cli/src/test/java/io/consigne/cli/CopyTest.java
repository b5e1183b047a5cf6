package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code cp -r}, and {@code mv} by links. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CopyTest {
  @TempDir private static Path home;
  private Desk desk;

  @BeforeAll
  void start() throws IOException {
    desk = new Desk(home);
    desk.typing("1").good("put", "-", "/tree/one");
    desk.typing("2").good("put", "-", "/tree/below/two");
    desk.good("mkdir", "/tree/hollow");
  }

  @AfterAll
  void stop() {
    desk.close();
  }

  @Test
  void folder_isCopiedWithAllThatIsInIt() {
    desk.good("cp", "-r", "/tree", "/copy");
    assertThat(desk.good("ls", "-R", "/copy")).isEqualTo("below/\nbelow/two\nhollow/\none\n");
    assertThat(desk.good("cat", "/copy/one", "/copy/below/two")).isEqualTo("12");
    desk.good("rm", "-r", "--yes", "/copy");
    assertThat(desk.good("cat", "/tree/one")).isEqualTo("1");
  }

  @Test
  void folder_goesIntoAFolderThatIsThere() {
    desk.good("mkdir", "/into");
    desk.good("cp", "-r", "/tree", "/tree/one", "/into");
    assertThat(desk.good("find", "/into", "--type=file").lines())
        .containsExactly("/into/tree/below/two", "/into/tree/one", "/into/one");
  }

  @Test
  void folder_isNotCopiedIntoItselfNorWithoutR() {
    assertThat(desk.run("cp", "/tree", "/other").exitCode()).isEqualTo(2);
    assertThat(desk.run("cp", "-r", "/tree", "/tree/below").exitCode()).isEqualTo(6);
    assertThat(desk.run("cp", "-r", "/tree", "/tree/below/deeper").exitCode()).isEqualTo(6);
    assertThat(desk.good("ls", "/tree/below")).isEqualTo("two\n");
  }

  /** Both were there, under one name; of mv the second failed when the first was moved. */
  @Test
  void twoOfOneName_areRefusedBeforeAnythingIsDone() {
    desk.typing("1").good("put", "-", "/one/x");
    desk.typing("2").good("put", "-", "/two/x");
    String link = desk.good("link", "/two/x").strip();
    for (String command : List.of("cp", "mv")) {
      for (String second : List.of("/two/x", link)) {
        Run refused =
            new Run(
                6,
                "",
                "consigne: /one/x and %s would both be /both/x, nothing was done;".formatted(second)
                    + " one of them by itself can get another name\n");
        assertThat(desk.run(command, "/one/x", second, "/both/")).isEqualTo(refused);
        assertThat(desk.run(command, "-n", "/one/x", second, "/both/")).isEqualTo(refused);
      }
      assertThat(desk.run(command, "/one/x", "/one/x", "/both/").err())
          .isEqualTo("consigne: /one/x is named twice, nothing was done\n");
    }
    assertThat(desk.run("ls", "/both").exitCode()).isEqualTo(5);
    assertThat(desk.good("cat", "/one/x", "/two/x")).isEqualTo("12");
  }

  @Test
  void publicFolders_keepTheirOwnFilesOfOneName() throws IOException {
    desk.typing("1").good("put", "-", "/public/x");
    desk.copyTo("/public", desk.good("link", "/public/x").strip());
    String address = desk.good("share", "/public").strip();
    desk.good("cp", "-r", address, "/published/");
    assertThat(desk.good("ls", "/published")).isEqualTo("x\nx\n");
    assertThat(desk.run("cp", "-r", address, "/tree/one", address, "/again/").err())
        .isEqualTo("consigne: %s is named twice, nothing was done\n".formatted(address));
    assertThat(desk.run("ls", "/again").exitCode()).isEqualTo(5);
  }

  @Test
  void taken_names_areLeftAlone() {
    desk.typing("old").good("put", "-", "/taken/one");
    assertThat(desk.run("cp", "/tree/one", "/taken").exitCode()).isEqualTo(6);
    assertThat(desk.good("cat", "/taken/one")).isEqualTo("old");
  }

  @Test
  void file_isMovedByItsLink() {
    desk.typing("m").good("put", "-", "/moved/m.txt");
    String link = desk.good("link", "/moved/m.txt").strip();
    desk.good("mv", link, "/moved/away/");
    assertThat(desk.good("find", "/moved", "--type=file")).isEqualTo("/moved/away/m.txt\n");
    assertThat(desk.good("link", link)).isEqualTo(link + "\n");
  }
}
