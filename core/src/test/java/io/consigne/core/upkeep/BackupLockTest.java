package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.blobs.StoreId;
import io.consigne.core.failure.FailureException;
import io.consigne.core.upkeep.UpkeepHost.Heard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A directory of backups that one process writes or reads is kept from the others. */
@Timeout(120)
class BackupLockTest extends BackupScene {
  private static final String LOCKED = "locked";

  @Test
  void runningBackup_keepsOtherProcessesOut() {
    backUp();
    keepLarge(alice, 12);
    var told = new ArrayList<String>();
    blobs.afterNextOpen(() -> {
      told.add(inAnotherProcess("write"));
      told.add(inAnotherProcess("read"));
    });
    backUp();
    assertThat(told).containsExactly(refused(), refused());
    assertThat(inAnotherProcess("write")).isEqualTo(LOCKED);
  }

  /** The one who is refused closes nothing that would end the lock of the first. */
  @Test
  void refusalInTheSameProcess_leavesTheLock() {
    backUp();
    keepLarge(alice, 12);
    var told = new ArrayList<String>();
    blobs.afterNextOpen(() -> {
      told.add(refusal(this::backUp));
      told.add(refusal(() -> new BackupCheck(backup, new Heard<>()).run(null)));
      told.add(inAnotherProcess("write"));
    });
    backUp();
    assertThat(told).containsExactly(refused(), refused(), refused());
  }

  @Test
  void backupThatIsRead_isNotWritten_butReadByOthers() {
    backUp();
    var others = new Others();
    assertThat(new BackupCheck(backup, others).run(null).whole()).isTrue();
    assertThat(others.told).containsExactly(refused(), LOCKED);
  }

  @Test
  void backupThatIsRestored_isNotWritten_butReadByOthers() throws IOException {
    backUp();
    var others = new Others();
    var to = new HostFiles(Files.createDirectory(temporary.resolve("to")));
    assertThat(new Restore(backup, to, others).run(null).lost()).isZero();
    assertThat(others.told).containsExactly(refused(), LOCKED);
  }

  private String refused() {
    return backup + " is used by another backup, restore or check";
  }

  private String inAnotherProcess(String how) {
    try {
      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Other.class.getName(),
                  how,
                  backup.toString(),
                  StoreId.of(host.database).orElseThrow())
              .redirectError(temporary.resolve("errors").toFile())
              .start();
      try (BufferedReader lines = child.inputReader()) {
        return String.join("\n", lines.lines().toList());
      } finally {
        child.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets others try when the task has first told of its progress. */
  private final class Others implements Watcher<Damage> {
    final List<String> told = new ArrayList<>();

    @Override
    public void progress(Progress progress) {
      if (told.isEmpty()) {
        told.add(inAnotherProcess("write"));
        told.add(inAnotherProcess("read"));
      }
    }

    @Override
    public void found(Damage damage) {
      throw new AssertionError(damage);
    }
  }

  /** Locks a directory to write or read it, and says what came of it. */
  static final class Other {
    private Other() {}

    public static void main(String[] arguments) throws IOException {
      Path path = Path.of(arguments[1]);
      var elsewhere = new HostFiles(path.resolveSibling("other"));
      try (AutoCloseable _ =
          arguments[0].equals("write")
              ? BackupDirectory.open(path, arguments[2], elsewhere)
              : BackupDirectory.share(path)) {
        System.out.println(LOCKED);
      } catch (FailureException e) {
        System.out.println(e.getMessage());
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }
}
