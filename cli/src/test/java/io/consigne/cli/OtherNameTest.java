package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host that stores files under other names than they are sent with. */
final class OtherNameTest {
  @TempDir private Path home;

  private static String other(String name) {
    return name.replace('a', '_');
  }

  private Run replace(StandIn host) throws IOException {
    Path file = Files.writeString(home.resolve("a.txt"), "new");
    return Run.against(host, home, "put", "--if-exists", "replace", file.toString(), "/");
  }

  /** What had the right name was removed. */
  @Test
  void fileThatGetsAnotherName_replacesNone() throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      host.files().add("a.txt", new byte[] {'o', 'l', 'd'});
      host.files().nameOtherwise(OtherNameTest::other, OtherNameTest::other);
      assertThat(replace(host).err())
          .contains("a.txt: the host stores it under another name alone: _.txt");
      assertThat(host.files().contents())
          .isEqualTo(Map.of("a.txt", List.of("old"), "_.txt", List.of("new")));
    }
  }

  @Test
  void fileThatCanBeRenamed_getsItsName() throws IOException {
    try (var host = new StandIn(Timing.SYSTEM, _ -> Fault.NONE)) {
      host.files().add("a.txt", new byte[] {'o', 'l', 'd'});
      host.files().nameOtherwise(OtherNameTest::other, name -> name);
      assertThat(replace(host)).isEqualTo(new Run(0, "", ""));
      assertThat(host.files().contents()).isEqualTo(Map.of("a.txt", List.of("new")));
    }
  }
}
