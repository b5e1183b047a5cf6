package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.RealHost;
import io.consigne.client.budget.Waiting;
import io.consigne.client.cache.Listings;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.Folder;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.FolderListing;
import io.consigne.client.model.Limits;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Behind;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.TransferLimits;
import io.consigne.client.transfer.UploadSource;
import io.consigne.hashes.Whirlpool;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A thousand faults on the way of 500 files, which change between the runs, while clocks are set,
 * processes die and another client meddles: each run that ends has made the other side the same.
 */
class SyncFaultsTest {
  private static final int FILES = 500;
  private static final int FOLDERS = 25;
  private static final int FAULTS = 1_000;
  private static final int FAULTS_DOWN = 100;
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  private final VirtualTiming timing = new VirtualTiming();

  @TempDir private Path directory;

  /** What answers behind the faults. */
  enum Kind {
    /** What behaves like 1fichier.com. */
    STAND_IN,
    /** A Consigne host that poses as 1fichier.com. */
    POSING,
    /** A Consigne host. */
    CONSIGNE
  }

  @ParameterizedTest
  @CsvSource({"STAND_IN, 1", "STAND_IN, 2", "POSING, 3", "CONSIGNE, 5"})
  void thousandFaults_changeNothing(Kind kind, long seed) throws IOException {
    try (var world = new World(kind, seed)) {
      world.fill();
      while (world.faults < FAULTS) {
        world.change();
        world.meddle();
        world.sync(true);
      }
      world.faulty = false;
      timing.sleep(TransferLimits.LISTED_LATE);
      assertThat(world.sync(true)).isTrue();
      assertThat(world.sync(true)).isTrue();
      int before = world.faults + FAULTS_DOWN;
      world.faulty = true;
      while (world.faults < before) {
        world.meddle();
        world.sync(false);
      }
      world.faulty = false;
      assertThat(world.sync(false)).isTrue();
      world.report(seed);
      assertThat(world.faults).isGreaterThanOrEqualTo(FAULTS + FAULTS_DOWN);
      assertThat(world.ended).isGreaterThan(2 * world.givenUp);
    }
  }

  /** A host, both folders, and what goes wrong. */
  private final class World implements AutoCloseable {
    private final Random random;
    private final Path local = Files.createDirectory(directory.resolve("local"));
    private final List<RealHost> opened = new ArrayList<>();
    private final StandIn host;
    private final ClientConfig config;
    private final Client other;
    private final Fault[] kinds = Fault.values();
    private final int percent;
    private int faults;
    private int ended;
    private int givenUp;
    private int changes;
    private boolean faulty = true;

    World(Kind kind, long seed) throws IOException {
      random = new Random(seed);
      // A Consigne host is asked far less.
      percent = kind == Kind.CONSIGNE ? 40 : 25;
      if (kind == Kind.STAND_IN) {
        host = new StandIn(timing.truth(), _ -> fault());
        config = config(host.url(), "standin-key-of-alice").with(Limits.DOCUMENTED);
        other = new Client(config);
      } else {
        var real = new AtomicReference<RealHost>();
        host = new StandIn(timing.truth(), _ -> fault(), url -> behind(kind, real, url));
        String key = real.get().key();
        config =
            config(host.url(), key)
                .with(kind == Kind.POSING ? Limits.DOCUMENTED : Limits.ANNOUNCED);
        URI itself = real.get().url();
        other = new Client(config(itself, key).stateIn(directory.resolve("state of another")));
      }
      if (kind == Kind.CONSIGNE) {
        host.watch().onlyLocks();
      }
    }

    private Behind behind(Kind kind, AtomicReference<RealHost> real, URI url) throws IOException {
      real.set(RealHost.start(directory.resolve("host"), url));
      opened.add(real.get());
      return new Behind(real.get(), kind == Kind.POSING);
    }

    /** One thing at a time: the virtual clock is moved by whoever sleeps. */
    private ClientConfig config(URI url, String key) {
      return ClientConfig.of(url, new ApiKey(key))
          .with(new Waiting(timing, Duration.ofHours(3), Waits.UNSEEN))
          .with(new TransferLimits(500, 8 << 20, 256 << 20, 1, 1, 8_192, 300_000_000_000L))
          .stateIn(directory.resolve("state"));
    }

    private synchronized Fault fault() {
      if (!faulty || random.nextInt(100) >= percent) {
        return Fault.NONE;
      }
      Fault fault = kinds[1 + random.nextInt(kinds.length - 1)];
      // Floods and locks are rarer: each costs much time.
      boolean locks = fault == Fault.FLOOD || fault == Fault.LOCK;
      faults++;
      return locks && random.nextInt(fault == Fault.LOCK ? 20 : 8) > 0 ? Fault.CUT : fault;
    }

    private Path path(int file) {
      return local.resolve("f%02d/file %03d é".formatted(file % FOLDERS, file));
    }

    void fill() throws IOException {
      for (int i = 0; i < FILES; i++) {
        write(path(i));
      }
    }

    /** Files of one size, so that only time and content tell them apart. */
    private void write(Path file) throws IOException {
      Files.createDirectories(file.getParent());
      String text = "change %06d %016x".formatted(++changes, random.nextLong());
      Files.writeString(file, text);
      Files.setLastModifiedTime(file, FileTime.from(TIME.plusSeconds(changes)));
    }

    /** A fifth of the files change, some go and some come. */
    void change() throws IOException {
      for (int i = 0; i < FILES; i++) {
        switch (random.nextInt(20)) {
          case 0, 1, 2 -> write(path(i));
          case 3 -> Files.deleteIfExists(path(i));
          default -> {}
        }
      }
    }

    /** Another client removes files and adds others; somebody may set the clock. */
    void meddle() throws IOException {
      boolean before = faulty;
      faulty = false;
      List<Folder> tops = other.folders().list(FolderId.ROOT).folders();
      if (!tops.isEmpty()) {
        List<Folder> folders = other.folders().list(tops.getFirst().id()).folders();
        for (int i = 0; i < Math.min(3, folders.size()); i++) {
          meddle(folders.get(random.nextInt(folders.size())).id());
        }
      }
      if (random.nextInt(3) == 0) {
        timing.set(Duration.ofMillis(-random.nextInt(5_400_000)));
      }
      timing.sleep(Duration.ofMinutes(6));
      faulty = before;
    }

    private void meddle(FolderId folder) throws IOException {
      List<RemoteFile> files = other.folders().list(folder).files();
      if (!files.isEmpty()) {
        RemoteFile file = files.get(random.nextInt(files.size()));
        other.files().remove(List.of(DownloadSource.of(file).link()));
      }
      String text = "foreign %06d %016x".formatted(++changes, random.nextLong());
      String name = files.isEmpty() ? "foreign" : files.getFirst().name();
      other
          .uploads()
          .send(
              folder,
              List.of(UploadSource.of(name, text.getBytes(StandardCharsets.UTF_8))),
              Progress.UNSEEN);
    }

    /** A new process runs; whether it ended. If it did, both sides are the same. */
    boolean sync(boolean up) throws IOException {
      try (var client = new Client(config);
          var listings = new Listings(client, config, directory.resolve("cache"))) {
        var sides = new Comparison.Sides(local, "Backup/of me", Filter.ALL, false, Duration.ZERO);
        Comparison.Result compared = Comparison.of(sides, listings);
        Plan plan = up ? Plan.up(compared, true) : Plan.down(compared, true);
        Outcome outcome = new Run(client, listings, sides, Run.Watch.NOBODY, 1).of(plan);
        if (outcome.failed().stream().anyMatch(failed -> !up || isInDoubt(failed))) {
          givenUp++;
          return false;
        }
        assertThat(outcome.failed()).isEmpty();
        ended++;
      } catch (IOException e) {
        givenUp++;
        return false;
      }
      boolean before = faulty;
      faulty = false;
      assertThat(differences(contents(), remote())).as("after %d faults", faults).isEmpty();
      assertThat(host.watch().broken()).isEmpty();
      faulty = before;
      return true;
    }

    /** What an earlier run may have stored is sent again after minutes. */
    private static boolean isInDoubt(Outcome.Failed failed) {
      return failed.reason().contains("does not tell yet what became of it");
    }

    private static List<String> differences(
        Map<String, List<String>> local, Map<String, List<String>> remote) {
      var paths = new TreeSet<>(local.keySet());
      paths.addAll(remote.keySet());
      return paths.stream()
          .filter(path -> !Objects.equals(local.get(path), remote.get(path)))
          .map(path -> path + ": " + local.get(path) + " here, there " + remote.get(path))
          .toList();
    }

    /** The checksums of what is there, by path, as another client sees it. */
    private Map<String, List<String>> remote() throws IOException {
      var contents = new TreeMap<String, List<String>>();
      read(FolderId.ROOT, "", contents);
      return contents;
    }

    private void read(FolderId folder, String path, Map<String, List<String>> contents)
        throws IOException {
      FolderListing listing = other.folders().list(folder);
      for (RemoteFile file : listing.files()) {
        Checksums sums = file.checksums();
        String sum = String.valueOf(sums.sha256() == null ? sums.whirlpool() : sums.sha256());
        contents.computeIfAbsent(path + file.name(), _ -> new ArrayList<>()).add(sum);
      }
      for (Folder sub : listing.folders()) {
        read(sub.id(), path + sub.name() + "/", contents);
      }
    }

    private Map<String, List<String>> contents() throws IOException {
      var contents = new TreeMap<String, List<String>>();
      try (Stream<Path> files = Files.walk(local)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String path = "Backup/of me/" + local.relativize(file);
          contents.put(path, List.of(checksum(Files.readAllBytes(file))));
        }
      }
      return contents;
    }

    private String checksum(byte[] bytes) {
      if (opened.isEmpty()) {
        var hash = new Whirlpool();
        hash.update(bytes, 0, bytes.length);
        return hash.hexDigest();
      }
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        return HexFormat.of().formatHex(digest);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    void report(long seed) {
      System.out.printf(
          "seed %d: %d faults, %d runs ended, %d gave up%n", seed, faults, ended, givenUp);
    }

    @Override
    public void close() throws IOException {
      other.close();
      host.close();
      opened.forEach(RealHost::close);
      assertThat(host.failures()).isEmpty();
    }
  }
}
