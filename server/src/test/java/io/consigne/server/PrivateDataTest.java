package io.consigne.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a host keeps is its user's alone, also in a directory that others may enter. */
class PrivateDataTest {
  @TempDir Path temporary;

  @Test
  void directoryThatOthersMayEnter_showsThemNothing() throws IOException {
    Path data = Files.createDirectory(temporary.resolve("data"));
    open(data);
    try (var host = RunningHost.start(data, RunningHost.Choices.NONE)) {
      host.upload("a.txt", new byte[10]);
      checkPrivate(data);
    }
    assertThat(mode(data)).isEqualTo("rwxr-xr-x");
    assertThat(data.resolve("admin.sock.new")).doesNotExist();
  }

  /** So did earlier versions make them. */
  @Test
  void whatOthersCouldOpen_isClosedToThemByTheNextStart() throws IOException {
    Path data = Files.createDirectory(temporary.resolve("data"));
    RunningHost.start(data, RunningHost.Choices.NONE).close();
    open(data.resolve("blobs"));
    for (String file : List.of("consigne.db", "lock")) {
      Files.setPosixFilePermissions(
          data.resolve(file), PosixFilePermissions.fromString("rw-r--r--"));
    }
    DataDirectory.lock(data).orElseThrow().close();
    for (String file : List.of("consigne.db", "lock")) {
      assertThat(mode(data.resolve(file))).isEqualTo("rw-------");
    }
    assertThat(mode(data.resolve("blobs"))).isEqualTo("rwx------");
  }

  /** What is put into the store before {@link DataDirectory#finish} made it for all to enter. */
  @Test
  void storeOfARestore_isPrivateFromItsFirstFile() throws IOException {
    Path data = temporary.resolve("restored");
    try (DataDirectory filled = DataDirectory.lockToFill(data)) {
      assertThat(mode(filled.files().blobs())).isEqualTo("rwx------");
    }
    open(data.resolve("blobs"));
    try (DataDirectory _ = DataDirectory.lockToFill(data)) {
      assertThat(mode(data.resolve("blobs"))).isEqualTo("rwx------");
    }
  }

  @Test
  void placesThatAreNoDirectories_areNamed() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    assertThatThrownBy(() -> DataDirectory.lock(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " is a file: --data names a directory");
    Path never = Path.of("/proc/never");
    assertThatThrownBy(() -> DataDirectory.lock(never))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot make the directory /proc/never");
  }

  private static void checkPrivate(Path data) throws IOException {
    for (String file :
        List.of("consigne.db", "consigne.db-wal", "consigne.db-shm", "lock", "admin.sock")) {
      assertThat(mode(data.resolve(file))).as(file).isEqualTo("rw-------");
    }
    assertThat(mode(data.resolve("blobs"))).isEqualTo("rwx------");
  }

  private static void open(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
