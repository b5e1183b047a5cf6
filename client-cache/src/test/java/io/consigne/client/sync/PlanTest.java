package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.cache.RemoteTree;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.RemoteFile.Locks;
import io.consigne.client.model.RemoteFile.Times;
import io.consigne.client.sync.Pair.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of several files of one path, and of a file of several paths. */
class PlanTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
  private static final RemoteFile OLD = file("old", TIME);
  private static final RemoteFile NEW = file("new", TIME.plusSeconds(1));

  private static RemoteFile file(String id, Instant uploaded) {
    return new RemoteFile(
        new FileLink("https://1fichier.com/?" + id),
        "a",
        3,
        new Times(uploaded, null),
        Checksums.NONE,
        "",
        new Locks(false, false),
        null);
  }

  private static Plan down(List<RemoteFile> remote, RemoteFile match) throws IOException {
    var local = new LocalFile(Path.of("a"), 3, TIME);
    var tree = new RemoteTree(Set.of(""), Map.of("a", remote), Set.of(), Set.of());
    var pair = new Pair("a", local, remote, match, State.SAME);
    return Plan.down(new Comparison.Result(List.of(pair), tree, Map.of(), Map.of()), false);
  }

  /** The local file was taken for the host's as it was the same as one that had been replaced. */
  @Test
  void down_newerThanTheOneThatIsTheSame_isFetched() throws IOException {
    Plan plan = down(List.of(NEW, OLD), OLD);
    assertThat(plan.steps())
        .containsExactly(new Step.Fetch("a", NEW, new LocalFile(Path.of("a"), 3, TIME)));
    assertThat(plan.same()).isZero();
  }

  @Test
  void down_newestOrOneOfTheSameTime_isTheSame() throws IOException {
    assertThat(down(List.of(OLD, NEW), NEW).steps()).isEmpty();
    assertThat(down(List.of(OLD, file("too", TIME)), OLD).steps()).isEmpty();
    assertThat(down(List.of(OLD), OLD).same()).isEqualTo(1);
  }

  /** Who stored a file once more, as by a run that was killed, stopped all scripts. */
  @Test
  void removals_areThoseOfWhichNothingStays() {
    var copy = new Step.RemoveRemote("a", List.of(OLD), true);
    var last = new Step.RemoveRemote("b", List.of(OLD), false);
    var local = new Step.RemoveLocal("c", new LocalFile(Path.of("c"), 3, TIME));
    assertThat(new Plan(List.of(copy, last, local), 0).removals()).containsExactly(last, local);
  }

  private static Plan up(List<Pair> pairs, Map<String, List<RemoteFile>> files) throws IOException {
    return up(pairs, files, true);
  }

  private static Plan up(List<Pair> pairs, Map<String, List<RemoteFile>> files, boolean deletes)
      throws IOException {
    var tree = new RemoteTree(Set.of("", "A", "B"), files, Set.of(), Set.of());
    return Plan.up(new Comparison.Result(pairs, tree, Map.of(), Map.of()), deletes);
  }

  private static Pair remoteOnly(String path) {
    return new Pair(path, null, List.of(OLD), null, State.REMOTE_ONLY);
  }

  /** What was moved between two listings went as what its old path replaced. */
  @Test
  void up_withoutDeleting_whatTheHostAloneHasIsNotReplacedElsewhere() throws IOException {
    var local = new LocalFile(Path.of("f"), 3, TIME);
    var other = new Pair("A/f", local, List.of(OLD), null, State.DIFFERENT);
    List<Pair> pairs = List.of(other, remoteOnly("B/f"));
    Map<String, List<RemoteFile>> files = Map.of("A/f", List.of(OLD), "B/f", List.of(OLD));
    assertThat(up(pairs, files, false).steps())
        .containsExactly(new Step.Send("A/f", local, List.of()));
  }

  /** What was moved between two listings was removed by its old path, unseen. */
  @Test
  void up_whatIsTheSameElsewhere_isNeitherRemovedNorReplaced() throws IOException {
    var local = new LocalFile(Path.of("f"), 3, TIME);
    var same = new Pair("B/f", local, List.of(OLD), OLD, State.SAME);
    Map<String, List<RemoteFile>> files = Map.of("A/f", List.of(OLD, NEW), "B/f", List.of(OLD));
    assertThat(up(List.of(remoteOnly("A/f"), same), files).steps()).isEmpty();
    var two = new Pair("A/f", null, List.of(OLD, NEW), null, State.REMOTE_ONLY);
    assertThat(up(List.of(two, same), files).steps())
        .containsExactly(new Step.RemoveRemote("A/f", List.of(NEW), false));
    var other = new Pair("A/f", local, List.of(OLD, NEW), null, State.DIFFERENT);
    assertThat(up(List.of(other, same), files).steps())
        .containsExactly(new Step.Send("A/f", local, List.of(NEW)));
  }

  @Test
  void up_whatIsLeftOutElsewhere_isNotRemoved() throws IOException {
    Map<String, List<RemoteFile>> files = Map.of("A/f", List.of(OLD), "B/f", List.of(OLD));
    assertThat(up(List.of(remoteOnly("A/f")), files).steps()).isEmpty();
    assertThat(up(List.of(remoteOnly("A/f"), remoteOnly("B/f")), files).steps())
        .extracting(Step::path)
        .containsExactly("A/f", "B/f");
  }
}
