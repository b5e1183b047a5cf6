package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.cache.RemoteTree;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                "b", List.of(new Unread("b", why, null))));
    assertThat(tree.isUnread(path)).isEqualTo(unread);
  }

  @Test
  void whatIsShut_isToldInOrder() {
    Map<String, IOException> shut =
        IntStream.range(10, 99).boxed().collect(Collectors.toMap(String::valueOf, _ -> why));
    var remote = new RemoteTree(Set.of(), Map.of(), Set.of());
    assertThat(List.copyOf(new Comparison.Result(List.of(), remote, shut).unread().keySet()))
        .isSorted();
  }
}
