package io.consigne.client.standin;

import io.consigne.client.budget.Timing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the stand-in was asked to fetch. It has fetched it when it is asked how far it is. */
public final class StandInFetches {
  private final Timing timing;
  private final StandInFiles files;
  private final List<Asked> all = new ArrayList<>();

  StandInFetches(Timing timing, StandInFiles files) {
    this.timing = timing;
    this.files = files;
  }

  /**
   * A request.
   *
   * @param id its number
   * @param sources addresses
   * @param folder where the files go
   * @param asked when
   * @param ended when; null as long as it has not
   * @param stored a file for each source, once it has ended
   */
  record Asked(
      long id,
      List<String> sources,
      long folder,
      Instant asked,
      @Nullable Instant ended,
      List<StoredFile> stored) {
    Asked {
      sources = List.copyOf(sources);
      stored = List.copyOf(stored);
    }
  }

  /** The sources of all requests, in order. */
  public synchronized List<String> sources() {
    return all.stream().flatMap(asked -> asked.sources().stream()).toList();
  }

  synchronized Asked ask(List<String> sources, long folder) {
    var asked = new Asked(all.size() + 1L, sources, folder, timing.now(), null, List.of());
    all.add(asked);
    return asked;
  }

  /** All, newest first. */
  synchronized List<Asked> all() {
    return List.copyOf(all).reversed();
  }

  /** A request as it stands; the next time it has ended. */
  synchronized @Nullable Asked look(long id) {
    if (id < 1 || id > all.size()) {
      return null;
    }
    Asked now = all.get((int) id - 1);
    if (now.ended() == null) {
      all.set((int) id - 1, ended(now));
    }
    return now;
  }

  /** A file is called as the end of its source, and holds its source's address. */
  private Asked ended(Asked asked) {
    List<StoredFile> stored =
        asked.sources().stream()
            .map(source ->
                files.store(
                    asked.folder(),
                    source.substring(source.lastIndexOf('/') + 1),
                    source.getBytes(StandardCharsets.UTF_8)))
            .toList();
    return new Asked(
        asked.id(), asked.sources(), asked.folder(), asked.asked(), timing.now(), stored);
  }
}
