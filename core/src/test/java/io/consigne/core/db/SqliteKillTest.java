package io.consigne.core.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it writes. */
@Timeout(60)
class SqliteKillTest {
  private static final int ENOUGH = 400;

  @Test
  void killedWriter_losesNothingThatWasAnswered(@TempDir Path directory) throws Exception {
    List<Long> answered = answeredUntilKilled(directory);

    assertThat(answered).hasSizeGreaterThanOrEqualTo(ENOUGH);
    try (Database db = TestDatabases.sqlite(directory)) {
      List<Long> kept =
          db.read(sql -> sql.list("SELECT id FROM signing_keys", row -> row.number("id")));
      assertThat(kept).containsAll(answered);
    }
  }

  @Test
  void writer_withoutItsParent_ends(@TempDir Path directory) throws Exception {
    Process child = started(directory);
    try (BufferedReader lines = child.inputReader()) {
      child.outputWriter().close();
      assertThat(lines.lines().count()).isNotNegative();
      assertThat(child.waitFor()).isZero();
    } finally {
      child.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }
  }

  private static List<Long> answeredUntilKilled(Path directory) throws Exception {
    List<Long> answered = new ArrayList<>();
    Process child = started(directory);
    try (BufferedReader lines = child.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("row ")) {
          answered.add(Long.valueOf(line.substring(4)));
        }
        if (answered.size() == ENOUGH) {
          child.toHandle().destroyForcibly();
        }
      }
    } finally {
      child.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    }
    return answered;
  }

  private static Process started(Path directory) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            directory.toString())
        .redirectError(directory.resolve("errors").toFile())
        .start();
  }

  /**
   * Inserts rows from several threads, and prints the number of each when it is answered; ends with
   * its input, and so with the process that started it.
   */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws IOException {
      Database db = TestDatabases.sqlite(Path.of(arguments[0]));
      for (int i = 0; i < 8; i++) {
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              while (true) {
                long id = db.write(Child::inserted);
                synchronized (Child.class) {
                  System.out.println("row " + id);
                }
              }
            });
      }
      System.in.transferTo(OutputStream.nullOutputStream());
    }

    private static long inserted(Sql sql) {
      return sql.number(
          "INSERT INTO signing_keys (secret, created_at) VALUES ('s', 0) RETURNING id");
    }
  }
}
