package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.client.cache.RemoteTree;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.RemoteFile;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison with files of which the host is asked one by one. */
class DetailsTest {
  @TempDir private Path local;

  private static RemoteFile file(String name, Checksums checksums) {
    return new RemoteFile(
        new FileLink("https://files.example.org/?" + name),
        name,
        3,
        new RemoteFile.Times(Instant.EPOCH, null),
        checksums,
        "",
        new RemoteFile.Locks(false, false),
        null);
  }

  private Comparison.Result compare(Comparison.Details details) throws IOException {
    var files =
        Map.of(
            "a", List.of(file("a", Checksums.NONE)),
            "b", List.of(file("b", Checksums.NONE)));
    for (String name : files.keySet()) {
      Files.writeString(local.resolve(name), "abc");
    }
    var sides = new Comparison.Sides(local, "", Filter.ALL, true, Duration.ZERO);
    return Comparison.of(sides, new RemoteTree(Set.of(""), files, Set.of(), Set.of()), details);
  }

  /** Each other file was asked for, too, half a minute long, and none was told as compared. */
  @Test
  void hostThatIsGone_endsIt() {
    var asked = new ArrayList<String>();
    assertThatThrownBy(() ->
            compare(file -> {
              asked.add(file.name());
              throw new ConnectException("gone");
            }))
        .isInstanceOf(ConnectException.class);
    assertThat(asked).containsExactly("a");
  }

  @Test
  void localFileThatCannotBeRead_isLeft() throws IOException {
    Comparison.Result result =
        compare(file -> {
          Files.deleteIfExists(local.resolve("a"));
          return file(file.name(), new Checksums(null, "00"));
        });
    assertThat(result.unread()).containsOnlyKeys("a");
    assertThat(result.pairs()).extracting(Pair::path).containsExactly("b");
  }
}
