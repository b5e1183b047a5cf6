package io.consigne.client.sync;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.cache.Listings;
import io.consigne.client.model.Folder;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.FolderListing;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.TransferEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A local folder, a host and what is known of it, and what a test does with them. */
@SuppressWarnings("NullAway.Init") // set before each test
abstract class SyncScene {
  static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path directory;

  Path local;

  Client client;

  Listings listings;

  /** Starts a host; how its client talks to it. */
  abstract ClientConfig start() throws IOException;

  abstract void stop() throws IOException;

  /** How many files are fetched at once. */
  abstract int downloads();

  /** What of listings is believed. */
  abstract Duration age();

  @BeforeEach
  void open() throws IOException {
    local = Files.createDirectory(directory.resolve("local"));
    ClientConfig config = start();
    client = new Client(config);
    listings = new Listings(client, config, directory.resolve("cache"));
  }

  @AfterEach
  void close() throws IOException {
    listings.close();
    client.close();
    stop();
  }

  Comparison.Sides sides() {
    return new Comparison.Sides(local, "Backup/of me", Filter.ALL, false, age());
  }

  Path write(String path, String text) throws IOException {
    Path file = local.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return Files.setLastModifiedTime(file, FileTime.from(TIME));
  }

  Plan planUp(boolean deletes) throws IOException {
    return Plan.up(Comparison.of(sides(), listings), deletes);
  }

  Outcome run(Plan plan) throws IOException {
    return new Run(client, listings, sides(), Run.Watch.NOBODY, downloads()).of(plan);
  }

  /** A file of the host, as the cache has it. */
  RemoteFile remoteFile(String path) throws IOException {
    return listings.tree("Backup/of me", age()).files().getOrDefault(path, List.of()).getFirst();
  }

  /** What the host has below the top folder, asked for by another client of the account. */
  Map<String, List<String>> remote() throws IOException {
    var contents = new TreeMap<String, List<String>>();
    read(FolderId.ROOT, "", contents);
    var below = new TreeMap<String, List<String>>();
    contents.forEach((path, texts) -> below.put(path.replaceFirst("^Backup/of me/", ""), texts));
    return below;
  }

  private void read(FolderId folder, String path, Map<String, List<String>> contents)
      throws IOException {
    FolderListing listing = client.folders().list(folder);
    for (RemoteFile file : listing.files()) {
      try (InputStream in = client.downloads().open(DownloadSource.of(file), 0, file.sizeBytes())) {
        contents
            .computeIfAbsent(path + file.name(), _ -> new ArrayList<>())
            .add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    for (Folder sub : listing.folders()) {
      read(sub.id(), path + sub.name() + "/", contents);
    }
  }

  Map<String, List<String>> localContents() throws IOException {
    var contents = new TreeMap<String, List<String>>();
    try (Stream<Path> files = Files.walk(local)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(local.relativize(file).toString(), List.of(Files.readString(file)));
      }
    }
    return contents;
  }

  void writeSome() throws IOException {
    write("a.txt", "one");
    write("b.txt", "two");
    write("deep/er/c é.txt", "three");
    write("deep/er/d.txt", "four");
  }

  /** Lets what is believed of listings pass. */
  abstract void expireListings() throws IOException;

  /** Runs a plan of one transfer, and does something else when its first bytes have moved. */
  Outcome runMeanwhile(Plan plan, Callable<?> other) throws IOException {
    var moved = new AtomicBoolean();
    Progress progress =
        event -> {
          if (event instanceof TransferEvent.Moved && moved.compareAndSet(false, true)) {
            assertThatCode(other::call).doesNotThrowAnyException();
          }
        };
    var watch = new Run.Watch(progress, _ -> {});
    return new Run(client, listings, sides(), watch, downloads()).of(plan);
  }
}
