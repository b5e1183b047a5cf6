package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.transfer.DownloadSource;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What somebody moves after it was compared is no longer what a run may remove. */
abstract class SyncMovedContract extends SyncDownContract {
  private static final String LEFT =
      "left, since somebody has moved or removed it since it was compared";

  /** Plans to remove all that is there. */
  private Plan planOfRemovals(String... paths) throws IOException {
    for (String path : paths) {
      write(path, path);
    }
    run(planUp(false));
    for (String path : paths) {
      Files.delete(local.resolve(path));
    }
    return planUp(true);
  }

  private FileLink link(String path) throws IOException {
    return DownloadSource.of(remoteFile(path)).link();
  }

  private static List<String> failed(Outcome outcome) {
    return outcome.failed().stream().map(one -> one.step().path() + ": " + one.reason()).toList();
  }

  private FolderId saved() throws IOException {
    return client.folders().make(FolderId.ROOT, "Saved");
  }

  /** It was removed by its link, where it was by then. */
  @Test
  void whatHasMovedOut_staysAndIsNamed() throws IOException {
    Plan plan = planOfRemovals("a.txt", "b.txt", "c.txt");
    client.files().move(List.of(link("a.txt")), saved());
    client.files().rename(Map.of(link("b.txt"), "kept.txt"));
    client.files().remove(List.of(link("c.txt")));
    Outcome outcome = run(plan);
    assertThat(failed(outcome)).containsExactlyInAnyOrder("a.txt: " + LEFT, "b.txt: " + LEFT);
    assertThat(outcome.done()).extracting(Step::path).containsExactly("c.txt");
    assertThat(remote()).containsOnlyKeys("Saved/a.txt", "kept.txt");
  }

  /** Many are looked for by a listing. */
  @Test
  void whatHasMovedOutOfMany_staysAndIsNamed() throws IOException {
    Plan plan = planOfRemovals("a.txt", "b.txt", "c.txt", "d.txt", "e.txt", "deep/f.txt");
    var moved = new ArrayList<>(List.of(link("a.txt"), link("b.txt")));
    client.files().move(moved, saved());
    expireListings();
    assertThat(failed(run(plan))).containsExactlyInAnyOrder("a.txt: " + LEFT, "b.txt: " + LEFT);
    assertThat(remote()).containsOnlyKeys("Saved/a.txt", "Saved/b.txt");
  }

  @Test
  void whatHasMovedOutOfMany_isSeen_howeverOldListingsMayBe() throws IOException {
    Plan plan = planOfRemovals("a.txt", "b.txt", "c.txt", "d.txt");
    client.files().move(List.of(link("a.txt")), saved());
    expireListings();
    var sides = new Comparison.Sides(local, "Backup/of me", Filter.ALL, false, Duration.ofHours(1));
    Outcome outcome = new Run(client, listings, sides, Run.Watch.NOBODY, downloads()).of(plan);
    assertThat(failed(outcome)).containsExactly("a.txt: " + LEFT);
    assertThat(remote()).containsOnlyKeys("Saved/a.txt");
  }

  @Test
  void whatHasMovedWithItsFolder_staysAndIsNamed() throws IOException {
    Plan plan = planOfRemovals("x/a.txt", "y/1", "y/2", "y/3", "y/4");
    for (String folder : List.of("x", "y")) {
      FolderId id = listings.folder("Backup/of me/" + folder, age()).id();
      client.folders().move(id, saved());
      expireListings();
    }
    assertThat(run(plan).done()).isEmpty();
    assertThat(remote())
        .containsOnlyKeys("Saved/x/a.txt", "Saved/y/1", "Saved/y/2", "Saved/y/3", "Saved/y/4");
  }

  @Test
  void whatHasMovedBeforeItsSuccessorIsThere_stays() throws IOException {
    write("a.txt", "old");
    run(planUp(false));
    FileLink old = link("a.txt");
    FolderId saved = saved();
    write("a.txt", "newer");
    Outcome outcome =
        runMeanwhile(
            planUp(false),
            () -> {
              client.files().move(List.of(old), saved);
              return saved;
            });
    assertThat(outcome.failed()).isEmpty();
    assertThat(remote())
        .isEqualTo(Map.of("Saved/a.txt", List.of("old"), "a.txt", List.of("newer")));
  }
}
