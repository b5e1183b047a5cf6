package io.consigne.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.db.Databases;
import io.consigne.core.upkeep.HostFiles;
import io.consigne.server.DataDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands while a host starts or stops: nobody answers, and its directory is not free. */
@Timeout(60)
class BusyHostTest {
  @TempDir Path home;
  private final StringWriter err = new StringWriter();
  private Path data;

  @BeforeEach
  void make() throws IOException {
    data = Files.createDirectory(home.resolve("data"));
    Databases.sqlite(new HostFiles(data).database()).close();
  }

  private int run(ToolProvider command, String... arguments) {
    return command.run(new PrintWriter(new StringWriter()), new PrintWriter(err), arguments);
  }

  /** It was 2, as if the command line made no sense. */
  @Test
  void command_cannotBeDone() throws IOException {
    try (var _ = DataDirectory.lock(data).orElseThrow()) {
      assertThat(run(new FsckCommand(), "--data=" + data)).isEqualTo(1);
      assertThat(err.toString())
          .contains(
              "A host starts or stops in " + data + ", or another command uses it: try again");
      assertThat(run(new AuditCommand(), "--data=" + data, "alice@example.org")).isEqualTo(1);
    }
  }

  /** The backup of a night was left out, when the host was just restarted. */
  @Test
  void backup_waits() throws Exception {
    var exit = new AtomicInteger(-1);
    Path backup = home.resolve("backup");
    Thread waiting =
        Thread.ofPlatform()
            .unstarted(
                () -> exit.set(run(new BackupCommand(), "--data=" + data, backup.toString())));
    try (var _ = DataDirectory.lock(data).orElseThrow()) {
      waiting.start();
      while (waiting.getState() != Thread.State.TIMED_WAITING && waiting.isAlive()) {
        assertThat(Thread.interrupted()).as(waiting.getState().toString()).isFalse();
        Thread.onSpinWait();
      }
    }
    waiting.join();
    assertThat(exit).as(err.toString()).hasValue(0);
    assertThat(backup.resolve("manifest")).exists();
  }

  @Test
  void directoryWithoutAHost_isAnotherMatter() throws IOException {
    assertThat(run(new FsckCommand(), "--data=" + home.resolve("none"))).isEqualTo(2);
    Path file = Files.createFile(home.resolve("file"));
    assertThat(run(new FsckCommand(), "--data=" + file)).isEqualTo(1);
    assertThat(err.toString()).contains(file + " is a file: --data names a directory");
  }
}
