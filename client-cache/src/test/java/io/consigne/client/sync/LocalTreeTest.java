package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.cache.RemoteTree;
import io.consigne.client.transfer.Downloads;
import io.consigne.client.transfer.Unfinished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of local folders of which some cannot be read. */
class LocalTreeTest {
  private final IOException why = new IOException("shut");

  @ParameterizedTest
  @CsvSource({
    "a, false",
    "a/b, true",
    "a/b/c/d, true",
    "a/bc, false",
    "a/c, false",
    "b, true",
    "a/a/b, false",
    "'', false"
  })
  void unread_isWhatIsShutAndAllBelow(String path, boolean unread) {
    var tree =
        new LocalTree(
            Map.of(),
            Map.of(
                "a/b", List.of(new Unread("a/b", why, null)),
                "b", List.of(new Unread("b", why, null))),
            Set.of());
    assertThat(tree.isUnread(path)).isEqualTo(unread);
  }

  /** The half of a file in parts was sent as a file of its own, or removed by {@code --delete}. */
  @Test
  void halvesOfDownloads_arePassedOver(@TempDir Path folder) throws IOException {
    List<String> halves =
        List.of(
            "a.iso.part",
            "a.iso.part.state",
            "b.iso.joined-0123abcd",
            "b.iso.joined-0123abcd.500",
            "b.iso.joined-0123abcd.500.part",
            "b.iso.joined-0123abcd.500.part.state");
    List<String> files =
        List.of("c.part", "d.joined-up", ".joined-0123abcd", "e.joined-0123abcd.x");
    for (String name : halves) {
      Files.createFile(folder.resolve(name));
    }
    for (String name : files) {
      Files.createFile(folder.resolve(name));
    }
    assertThat(LocalTree.of(folder).files()).containsOnlyKeys(files);
    assertThat(LocalTree.of(folder).halves()).containsExactlyInAnyOrderElementsOf(halves);
  }

  /** They were passed over, but at the host they were not, and so {@code --delete} removed them. */
  @Test
  void filesThatNoDownloadHasLeft_areFiles(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("a.part"), "mine");
    Files.writeString(folder.resolve("a.part.state"), "mine");
    Files.writeString(folder.resolve("b.part.state"), "mine");
    Files.writeString(folder.resolve("c.part"), "half");
    Files.writeString(folder.resolve("c.part.state"), "consigne-download 1 …");
    assertThat(LocalTree.of(folder).files())
        .containsOnlyKeys("a.part", "a.part.state", "b.part.state");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.part", "a.joined-0123abcd"})
  void half_isThatOfOneFile_alsoIfItsNameIsCut(String name) {
    String whole = name + "x".repeat(255 - name.length());
    for (String file : List.of(name, whole)) {
      Set<String> halves = Set.copyOf(Downloads.namesBeside("in/" + file));
      var tree = new LocalTree(Map.of(), Map.of(), halves);
      assertThat(tree.halfOf("in/" + file)).isPresent();
      assertThat(tree.halfOf("in/" + file.replace('a', 'b'))).isEmpty();
      assertThat(tree.halfOf(file)).isEmpty();
      Path joined = Unfinished.joined(Path.of("in").resolve(file), "0123abcd");
      var parts = new LocalTree(Map.of(), Map.of(), Set.of(joined.toString()));
      assertThat(parts.halfOf("in/" + file + ".split/0001")).contains(joined.toString());
    }
  }

  @Test
  void whatIsShut_isToldInOrder() {
    Map<String, IOException> shut =
        IntStream.range(10, 99).boxed().collect(Collectors.toMap(String::valueOf, _ -> why));
    var compared = new Comparison.Result(List.of(), RemoteTree.NONE, shut, Map.of());
    assertThat(List.copyOf(compared.unread().keySet())).isSorted();
  }
}
