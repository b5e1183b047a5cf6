package io.consigne.client.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Limits;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.UploadResult;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are looked for before they are removed, at what behaves like 1fichier.com. */
@SuppressWarnings("NullAway.Init") // set before each test
final class RemovalTest {
  private static final String LIST = "/v1/folder/ls.cgi";
  private static final String SPAN = "/v1/file/ls.cgi";
  private static final String INFO = "/v1/file/info.cgi";
  private static final String REMOVE = "/v1/file/rm.cgi";
  private static final Duration AGE = Duration.ofSeconds(30);

  private final VirtualTiming timing = new VirtualTiming();
  private final Map<FileLink, Found> found = new HashMap<>();
  private volatile Function<String, Fault> script = _ -> Fault.NONE;
  private StandIn host;
  private Client client;
  private Listings listings;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    host = new StandIn(timing.truth(), path -> script.apply(path));
    ClientConfig config =
        ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
            .with(Limits.DOCUMENTED)
            .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
            .stateIn(directory.resolve("state"));
    client = new Client(config);
    listings = new Listings(client, config, directory.resolve("cache"));
  }

  @AfterEach
  void stop() throws IOException {
    assertThat(host.watch().broken()).isEmpty();
    listings.close();
    client.close();
    host.close();
  }

  private CachedFolder folder(String name, int files) {
    long id = host.files().addFolder(name, Collections.nCopies(files, timing.now()));
    return CachedFolder.of(new FolderId(id), name);
  }

  /** All folders, each of as many files, whose links are known from before. */
  private List<Sought> sought(int folders, int files) throws IOException {
    var sought = new ArrayList<Sought>();
    for (int i = 1; i <= folders; i++) {
      sought.add(sought(folder("f" + i, files)));
    }
    timing.sleep(AGE.plusSeconds(1));
    host.seen().clear();
    return sought;
  }

  private Sought sought(CachedFolder folder) throws IOException {
    var names = new HashMap<FileLink, String>();
    for (RemoteFile file : client.folders().list(folder.id()).files()) {
      names.put(Objects.requireNonNull(file.link()), file.name());
    }
    return new Sought(folder, names, true);
  }

  private void remove(List<Sought> sought) throws IOException {
    listings.files().remove(sought, found::putAll);
  }

  private int left() {
    return host.files().contents().values().stream().mapToInt(List::size).sum();
  }

  /** First all of 500 were looked for, so that the answers were minutes old when one call came. */
  @Test
  void whatIsRemoved_wasLookedForInTheHalfMinuteBefore() throws IOException {
    List<Sought> sought = sought(120, 4);
    var looks = new ArrayList<Instant>();
    var ages = new ArrayList<Duration>();
    script =
        path -> {
          if (path.equals(LIST)) {
            looks.add(timing.now());
          } else if (path.equals(REMOVE)) {
            ages.add(Duration.between(looks.getFirst(), timing.now()));
            looks.clear();
          }
          return Fault.NONE;
        };
    remove(sought);
    assertThat(ages).hasSizeBetween(2, 20).allMatch(age -> age.compareTo(AGE) <= 0);
    assertThat(left()).isZero();
    assertThat(found).hasSize(480).containsValue(Found.THERE);
  }

  /** A listing that was nearly half a minute old was believed for half a minute more. */
  @Test
  void listingThatIsKnown_countsFromWhenItWasTold() throws IOException {
    List<Sought> sought = sought(40, 4);
    CachedFolder first = sought.getFirst().folder();
    listings.list(listings.folder(first.path(), AGE), AGE);
    Instant told = timing.now();
    timing.sleep(AGE.minusSeconds(4));
    var removed = new ArrayList<Instant>();
    script =
        path -> {
          if (path.equals(REMOVE)) {
            removed.add(timing.now());
          }
          return Fault.NONE;
        };
    remove(sought);
    assertThat(removed.getFirst()).isBefore(told.plus(AGE));
    assertThat(left()).isZero();
  }

  /** While one look waits, the answer before it grows old: somebody has the time to move a file. */
  @Test
  void answerThatIsTooOld_isAskedForOnceMore() throws IOException {
    List<Sought> sought = sought(2, 4);
    FileLink kept = sought.getFirst().names().keySet().iterator().next();
    long saved = host.files().addFolder("saved", List.of());
    listings.list(sought.getFirst().folder(), AGE);
    timing.sleep(Duration.ofSeconds(5));
    // What is being changed is asked for anew, and the host was asked for it just now.
    CachedFolder second = sought.getLast().folder();
    listings.list(second, AGE);
    host.seen().clear();
    script =
        path -> {
          if (path.equals(LIST) && host.seen(LIST) == 1) {
            host.files().move(kept.url(), saved);
          }
          return Fault.NONE;
        };
    listings
        .files()
        .change(
            second.id(),
            () -> {
              remove(sought.stream().map(RemovalTest::byId).toList());
              return second;
            });
    assertThat(found).hasSize(8).containsEntry(kept, Found.MOVED);
    assertThat(left()).isEqualTo(1);
  }

  private static Sought byId(Sought sought) {
    return new Sought(sought.folder(), sought.names(), false);
  }

  /** It was listed for each 500 of its files, for minutes each time. */
  @Test
  void longFolder_isListedOnce() throws IOException {
    long id = host.files().addFolder("long", List.of());
    Instant first = timing.now().minus(Duration.ofDays(30));
    for (int i = 1; i <= 9_000; i++) {
      host.files().put(id, "file" + i, first.plusSeconds(i));
    }
    timing.sleep(AGE);
    var folder = CachedFolder.of(new FolderId(id), "long");
    List<RemoteFile> all = listings.list(folder, AGE).files();
    long calls = host.seen(SPAN);
    var names = new HashMap<FileLink, String>();
    all.forEach(file -> names.put(Objects.requireNonNull(file.link()), file.name()));
    timing.sleep(AGE.plusSeconds(1));
    host.seen().clear();
    remove(List.of(new Sought(folder, names, true)));
    assertThat(left()).isZero();
    assertThat(host.seen(SPAN)).isEqualTo(calls).isGreaterThan(1);
    assertThat(host.seen(REMOVE)).isEqualTo(18);
  }

  /** What is missing in a listing that was cut was said to have moved. */
  @Test
  void listingThatIsCut_doesNotTellWhatHasMoved() throws IOException {
    CachedFolder full = folder("full", 0);
    Instant same = timing.now();
    var names = new HashMap<FileLink, String>();
    for (int i = 1; i <= 5_030; i++) {
      host.files().put(full.id().value(), Integer.toString(i), same);
      if (i <= 30) {
        names.put(new FileLink("https://1fichier.com/?f%019d".formatted(i)), "" + i);
      }
    }
    remove(List.of(new Sought(full, names, true)));
    assertThat(found).hasSize(30);
    assertThat(found.values().stream().filter(how -> how == Found.THERE)).hasSize(20);
    assertThat(found.values().stream().filter(how -> how == Found.UNTOLD)).hasSize(10);
    assertThat(left()).isEqualTo(5_010);
  }

  /** It was listed anew for each folder inside, once in half a minute. */
  @Test
  void folderThatIsBeingChanged_isAskedForOnce_forAllInside() throws IOException {
    List<Sought> sought = sought(30, 4);
    Instant begun = timing.now();
    listings
        .files()
        .change(
            FolderId.ROOT,
            () -> {
              remove(sought);
              return sought;
            });
    assertThat(left()).isZero();
    assertThat(host.seen(LIST)).isEqualTo(31);
    assertThat(Duration.between(begun, timing.now())).isLessThan(AGE);
  }

  /** Each of thousands was asked for by the call that may lock the address. */
  @Test
  void manyFiles_ofFewInAFolder_areLookedForByListings() throws IOException {
    remove(sought(30, 2));
    assertThat(left()).isZero();
    assertThat(host.seen(INFO)).isEqualTo(20);
    assertThat(host.seen(LIST)).isEqualTo(21);
  }

  /** It was taken to have moved, and stayed beside its successor. */
  @Test
  void whatWasStoredFromHere_isThere_alsoIfItIsListedLate() throws IOException {
    CachedFolder folder = folder("f", 0);
    listings.list(listings.folder("f", AGE), AGE);
    host.files().listingsAreLate(Duration.ofMinutes(4));
    List<UploadSource> sources =
        IntStream.rangeClosed(1, 5).mapToObj(i -> UploadSource.of("new" + i, new byte[i])).toList();
    List<UploadResult> results =
        listings
            .files()
            .store(folder.id(), uploads -> uploads.send(folder.id(), sources, Progress.UNSEEN));
    var names = new HashMap<FileLink, String>();
    for (UploadResult result : results) {
      names.put(((UploadResult.Stored) result).link(), result.source().name());
    }
    timing.sleep(AGE.plusSeconds(1));
    remove(List.of(new Sought(folder, names, true)));
    assertThat(found.values()).hasSize(5).containsOnly(Found.THERE);
    assertThat(left()).isZero();
  }

  @Test
  void folderThatHasMoved_isAnother_byItsPathAlone() throws IOException {
    List<Sought> sought = sought(2, 4);
    long target = host.files().addFolder("saved", List.of());
    for (Sought each : sought) {
      client.folders().move(each.folder().id(), new FolderId(target));
    }
    remove(List.of(sought.getFirst(), byId(sought.getLast())));
    assertThat(found.values()).containsOnly(Found.MOVED, Found.THERE);
    assertThat(host.files().contents().keySet())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, 4).mapToObj(Integer::toString).toList());
    assertThat(left()).isEqualTo(4);
  }

  @Test
  void folderThatIsGone_hasNoFiles() throws IOException {
    List<Sought> sought = sought(1, 4);
    client.files().remove(List.copyOf(sought.getFirst().names().keySet()));
    client.folders().remove(sought.getFirst().folder().id());
    remove(List.of(byId(sought.getFirst())));
    assertThat(found.values()).hasSize(4).containsOnly(Found.MOVED);
  }
}
