package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are left when others of their request are refused one after the other. */
final class NotTriedTest {
  private static final int FILES = 20;

  @TempDir private Path home;

  /** They were told as refused for another file's name. */
  @ParameterizedTest
  @ValueSource(strings = {"put -r %s/. /", "sync %s :/"})
  void filesThatWereNotTried_areToldSo(String command) throws IOException {
    Path folder = Files.createDirectory(home.resolve("up"));
    for (int i = 0; i < FILES; i++) {
      Files.writeString(folder.resolve("f%02d".formatted(i)), "x");
    }
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      host.files().refuseNames(name -> !name.equals("f00"));
      Run run = Run.against(host, home, command.formatted(folder).split(" "));
      assertThat(run.exitCode()).isEqualTo(8);
      List<String> told = run.err().lines().filter(line -> line.contains("Bad name")).toList();
      assertThat(told).hasSize(FILES - 1);
      assertThat(told)
          .filteredOn(line -> line.contains("not tried, since others were refused: "))
          .hasSizeGreaterThan(FILES / 2);
    }
  }
}
