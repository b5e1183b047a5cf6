package io.consigne.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.FolderListing;
import io.consigne.client.model.Limits;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that lists 5,000 files of a folder by one call, as 1fichier.com does. */
final class LongFolderTest {
  /** Before the night in which clocks are set back: an hour of local times comes twice. */
  private static final Instant AUTUMN = Instant.parse("2026-10-24T12:00:00Z");

  private static final int HOURS = 48;

  private final VirtualTiming timing = new VirtualTiming();

  @TempDir private Path directory;

  private FolderListing list(List<Instant> times) throws IOException {
    try (var host = new StandIn(timing.truth(), _ -> Fault.NONE);
        var client =
            new Client(
                ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
                    .with(Limits.DOCUMENTED)
                    .with(new Waiting(timing, Duration.ofHours(1), Waits.UNSEEN))
                    .stateIn(directory))) {
      long folder = host.files().addFolder("long", times);
      FolderListing listing =
          client.folders().complete(client.folders().list(new FolderId(folder)));
      assertThat(host.watch().broken()).isEmpty();
      assertThat(host.failures()).isEmpty();
      return listing;
    }
  }

  /** In disorder, some in the same second. */
  private static List<Instant> times(int files, int seed) {
    var random = new Random(seed);
    var times = new ArrayList<Instant>();
    for (int i = 0; i < files; i++) {
      times.add(AUTUMN.plusSeconds(random.nextInt(HOURS * 3_600)));
    }
    return times;
  }

  private static List<String> names(int files) {
    return IntStream.rangeClosed(1, files).mapToObj(Integer::toString).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {4_999, 5_000, 5_001, 12_000, 40_000})
  void folder_isListedInFull(int files) throws IOException {
    FolderListing listing = list(times(files, files));
    assertThat(listing.isWhole()).isTrue();
    assertThat(listing.files())
        .extracting(RemoteFile::name)
        .containsExactlyInAnyOrderElementsOf(names(files));
  }

  /** These cannot be told apart: what is listed is not called all. */
  @Test
  void tooManyInOneSecond_areNotCalledAll() throws IOException {
    List<Instant> times = times(100, 1);
    times.addAll(Collections.nCopies(5_000, AUTUMN.plusSeconds(60)));
    FolderListing listing = list(times);
    assertThat(listing.isWhole()).isFalse();
    assertThat(listing.files()).hasSizeBetween(5_000, 5_100).doesNotHaveDuplicates();
  }
}
