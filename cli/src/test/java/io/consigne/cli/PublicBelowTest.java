package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Public folders with the folders inside, as their pages show them. */
final class PublicBelowTest extends OneDesk {
  private String address = "";

  @BeforeAll
  void share() {
    desk.typing("a").good("put", "-", "/open/a.txt");
    desk.typing("bc").good("put", "-", "/open/in/side/b.txt");
    desk.good("mkdir", "/open/empty");
    desk.typing("s").good("put", "-", "/open/locked/s.txt");
    desk.typing("secret6\n").good("share", "--ask-password", "/open/locked");
    address = desk.good("share", "/open", "--below").strip();
  }

  @Test
  void ls_showsTheFoldersInside_andWalksIntoThem() {
    assertThat(desk.good("ls", address)).isEqualTo("empty/\nin/\na.txt\n");
    assertThat(desk.good("ls", "-R", address))
        .isEqualTo("empty/\nin/\nin/side/\nin/side/b.txt\na.txt\n");
    String inside =
        desk.good("ls", "--json", address).replaceAll("(?s).*(http[^\"]*/dir/\\w+/\\d+).*", "$1");
    assertThat(desk.good("ls", inside)).isEqualTo("side/\n");
    assertThat(desk.good("stat", address)).contains("folders", "2", "files", "1");
    assertThat(desk.good("du", address)).contains("2  " + address, "1  /in");
    assertThat(desk.good("tree", address))
        .endsWith("├── empty/\n├── in/\n│   └── side/\n│       └── b.txt\n└── a.txt\n");
  }

  @Test
  void get_makesTheSameFolders() {
    var got = desk.path("got");
    desk.good("get", "-r", address, got.toString());
    assertThat(got.resolve("a.txt")).hasContent("a");
    assertThat(got.resolve("in/side/b.txt")).hasContent("bc");
    assertThat(got.resolve("empty")).isEmptyDirectory();
    assertThat(got.resolve("locked")).doesNotExist();
  }

  @Test
  void cp_makesTheSameFolders() {
    desk.good("mkdir", "/copy");
    desk.good("cp", "-r", address, "/copy/");
    assertThat(desk.good("ls", "-R", "/copy"))
        .contains("a.txt\n", "empty/\n", "in/side/b.txt\n")
        .doesNotContain("locked");
  }

  @Test
  void addressOfFilesAlone_hasNoFolders() {
    desk.typing("f").good("put", "-", "/flat/f.txt");
    desk.good("mkdir", "/flat/in");
    String flat = desk.good("share", "/flat").strip();
    assertThat(desk.good("ls", "-R", flat)).isEqualTo("f.txt\n");
    assertThat(desk.run("ls", address + "/1").exitCode()).isEqualTo(5);
  }
}
