package io.consigne.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that are bytes, and as what people are shown them. */
class LocalNameTest {
  @TempDir private Path directory;

  /** The file of a name that only a shell can write. */
  private Path made(String quoted) throws Exception {
    Process bash =
        new ProcessBuilder("bash", "-c", "mkdir d; cd d; : > $'%s'".formatted(quoted))
            .directory(directory.toFile())
            .start();
    assertThat(bash.waitFor()).isZero();
    try (var files = Files.list(directory.resolve("d"))) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void bytesThatAreNoText_areShownAsAShellTakesThem() throws Exception {
    Path file = made("caf\\xe9 100%+ \\xc3\\xa9\\\\");
    assertThat(LocalName.isText(file)).isFalse();
    assertThat(LocalName.shown(file.getFileName())).isEqualTo("caf\\xe9 100%+ \\xc3\\xa9\\");
    assertThat(LocalName.shown(file)).isEqualTo(directory + "/d/caf\\xe9 100%+ \\xc3\\xa9\\");
  }

  @Test
  void text_isShownAsItIs() {
    for (String name : new String[] {"café", "caf\ufffd", "100%41+", "\\xe9", "/é/\ufffd"}) {
      assertThat(LocalName.isText(Path.of(name))).isTrue();
      assertThat(LocalName.shown(Path.of(name))).isEqualTo(name);
    }
  }

  /** It would have been stored under a name that is not its own. */
  @Test
  void fileThatHasNoText_isNotSentUnderItsOwnName() throws Exception {
    Path file = made("\\xff");
    assertThatThrownBy(() -> UploadSource.of(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(directory + "/d/\\xff: its name is no text in UTF-8; rename it");
    assertThat(UploadSource.of(file, "name").name()).isEqualTo("name");
  }

  @Test
  void noName_isText() {
    assertThat(LocalName.isText(Path.of("/"))).isTrue();
    assertThat(LocalName.shown(Path.of(""))).isEmpty();
  }
}
