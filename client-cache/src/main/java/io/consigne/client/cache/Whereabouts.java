package io.consigne.client.cache;

import io.consigne.client.Client;
import io.consigne.client.budget.Timing;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Limit;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where files lie that are about to be removed by their links: what somebody has moved or renamed
 * since that was decided is another file now. Safe for several threads.
 */
final class Whereabouts {
  /** From so many of a folder on they are looked for by its listing, not one by one. */
  private static final int LISTED_FROM = 4;

  /**
   * So many are asked for one by one at a host that locks out who does that often; then each folder
   * is listed.
   */
  private static final int ASKED = 20;

  /** So old an answer may be at a host that may be asked at any time. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final Client client;
  private final Timing timing;
  private final FreshListings fresh;
  private final Ways ways;
  private final AtomicInteger asked = new AtomicInteger();

  Whereabouts(Client client, Timing timing, FreshListings fresh) {
    this.client = client;
    this.timing = timing;
    this.fresh = fresh;
    this.ways = new Ways(fresh, timing);
  }

  /**
   * How files of a folder were found.
   *
   * @param sought the files
   * @param found how each was
   * @param told when the oldest was told of what counts
   * @param until when it counts
   */
  record Answer(Sought sought, Map<FileLink, Found> found, Instant told, Instant until) {}

  /** So old an answer may be when something is removed. */
  Duration age() throws IOException {
    return fresh.isSure() ? SHORT : Limit.FOLDER.interval();
  }

  /** How files are found now. A listing does not tell what is gone from what has moved. */
  Answer of(Sought sought) throws IOException {
    var finding = new Finding(sought);
    if (sought.names().size() < LISTED_FROM && mayAsk(sought.names().size())) {
      for (FileLink link : sought.names().keySet()) {
        finding.ask(link);
      }
    }
    if (finding.found.size() < sought.names().size()) {
      finding.list();
    }
    return finding.answer();
  }

  private boolean mayAsk(int files) throws IOException {
    return fresh.isSure() || asked.addAndGet(files) <= ASKED;
  }

  /** One look for files of a folder. */
  private final class Finding {
    private final Sought sought;
    private final Map<FileLink, Found> found = new HashMap<>();
    private final Instant begun = timing.now();
    private Instant told = Instant.MAX;

    Finding(Sought sought) {
      this.sought = sought;
    }

    Answer answer() throws IOException {
      Instant now = timing.now();
      told(now);
      // What takes long would be asked for ever if it did not count for as long.
      Instant until = told.plus(age()).plus(Duration.between(begun, now));
      return new Answer(sought, Map.copyOf(found), told, until);
    }

    private void told(Instant time) {
      told = time.isBefore(told) ? time : told;
    }

    /** Finds none where the host does not tell: in folders that other accounts share. */
    void ask(FileLink link) throws IOException {
      RemoteFile now;
      try {
        told(timing.now());
        now = client.files().info(link).file();
      } catch (RefusedException e) {
        if (e.refusal().isTransient()) {
          throw e;
        }
        if (e.refusal() instanceof Refusal.NotFound) {
          found.put(link, Found.GONE);
        }
        return;
      }
      RemoteFile.Place lies = now.place();
      if (!now.name().equals(sought.names().get(link))) {
        found.put(link, Found.MOVED);
      } else if (lies != null) {
        found.put(link, isAt(lies) ? Found.THERE : Found.MOVED);
      }
    }

    private boolean isAt(RemoteFile.Place lies) throws IOException {
      return lies.folder().equals(sought.folder().id())
          && (sought.folder().path().equals(lies.path()) || isFolderAt());
    }

    private boolean isFolderAt() throws IOException {
      if (!sought.byPath()) {
        return true;
      }
      Optional<Instant> way = ways.told(sought.folder(), age());
      way.ifPresent(this::told);
      return way.isPresent();
    }

    /** Looks for those that are not found yet; for its path after that, which may take long. */
    void list() throws IOException {
      Optional<Look> look = look();
      look.ifPresent(each -> told(each.end()));
      boolean isThere = look.isPresent() && isFolderAt();
      var listed = new HashSet<Map.Entry<FileLink, String>>();
      if (isThere) {
        for (RemoteFile file : look.get().contents().files()) {
          if (file.link() != null) {
            listed.add(Map.entry(file.link(), file.name()));
          }
        }
      }
      boolean isWhole = !isThere || look.get().contents().isWhole();
      for (Map.Entry<FileLink, String> file : sought.names().entrySet()) {
        if (!found.containsKey(file.getKey())) {
          find(file, listed, isWhole);
        }
      }
    }

    private void find(
        Map.Entry<FileLink, String> file, Set<Map.Entry<FileLink, String>> listed, boolean isWhole)
        throws IOException {
      if (listed.contains(file)) {
        found.put(file.getKey(), Found.THERE);
      } else if (isWhole) {
        found.put(file.getKey(), Found.MOVED);
      } else {
        if (mayAsk(1)) {
          ask(file.getKey());
        }
        found.putIfAbsent(file.getKey(), Found.UNTOLD);
      }
    }

    /** Empty if the folder is not there any more. */
    private Optional<Look> look() throws IOException {
      try {
        return Optional.of(fresh.look(sought.folder(), age(), true));
      } catch (RefusedException e) {
        if (e.refusal() instanceof Refusal.NotFound) {
          return Optional.empty();
        }
        throw e;
      }
    }
  }
}
