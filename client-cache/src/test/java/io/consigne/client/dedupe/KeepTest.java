package io.consigne.client.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.cache.Copies;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.RemoteFile.Locks;
import io.consigne.client.model.RemoteFile.Place;
import io.consigne.client.model.RemoteFile.Times;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which copy stays: others may have the link of that one. */
class KeepTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private static final Copies COPIES =
      new Copies(
          true,
          5,
          List.of(
              file("A", null),
              file("b", NOON.minusSeconds(1)),
              file("c", NOON.plusSeconds(1)),
              file("d", NOON.minusSeconds(1)),
              file("e", NOON)));

  private static RemoteFile file(String name, @Nullable Instant uploaded) {
    return new RemoteFile(
        new FileLink("https://files.example.org/?aaaaaaaaa" + name),
        name,
        5,
        // What its owner's clock said of it decides nothing.
        new Times(uploaded, NOON.minusSeconds(name.charAt(0))),
        Checksums.NONE,
        "text/plain",
        new Locks(false, false),
        new Place(FolderId.ROOT, ""));
  }

  private static List<String> firstStays(Keep keep) {
    Group group = Group.of(COPIES, keep);
    assertThat(group.files().getFirst()).isEqualTo(group.kept());
    return group.files().stream().map(RemoteFile::name).toList();
  }

  @Test
  void oldest_isWhatCameFirst_andOfThoseTheFirstPath() {
    assertThat(firstStays(Keep.OLDEST)).containsExactly("b", "d", "e", "c", "A");
  }

  @Test
  void newest_isWhatCameLast() {
    assertThat(firstStays(Keep.NEWEST)).containsExactly("c", "e", "b", "d", "A");
  }

  @Test
  void firstPath_isTakenWhateverItsTime() {
    assertThat(firstStays(Keep.FIRST_PATH)).containsExactly("A", "b", "c", "d", "e");
  }
}
