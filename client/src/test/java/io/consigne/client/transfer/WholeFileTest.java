package io.consigne.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is whole gets its name, on file systems with hard links and without. */
class WholeFileTest {
  @TempDir private Path directory;

  /** What an archive holds is a file system without hard links. */
  private FileSystem withoutLinks() throws IOException {
    return FileSystems.newFileSystem(directory.resolve("files.zip"), Map.of("create", "true"));
  }

  private static void isNamedOnce(Path folder) throws IOException {
    Path part = Files.writeString(folder.resolve("name.part"), "new");
    Path name = folder.resolve("name");
    WholeFile.name(part, name);
    assertThat(Files.readString(name)).isEqualTo("new");
    assertThat(Files.exists(part)).isFalse();
    Files.writeString(part, "newer");
    assertThatThrownBy(() -> WholeFile.name(part, name))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.readString(name)).isEqualTo("new");
    assertThat(Files.readString(part)).isEqualTo("newer");
  }

  @Test
  void freeName_isTaken_aTakenOneStays() throws IOException {
    isNamedOnce(directory);
  }

  /** All was fetched, and then there was no link. */
  @Test
  void fileSystemWithoutHardLinks_isMovedIn() throws IOException {
    try (FileSystem archive = withoutLinks()) {
      isNamedOnce(archive.getPath("/"));
    }
  }
}
