package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
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
