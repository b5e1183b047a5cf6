package io.consigne.core.uploads;

import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.db.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What is on the disk of a host at one moment, so what a killed process leaves behind. The shared
 * memory of SQLite is not part of it: it is made anew.
 */
final class DiskImage {
  private static final String LOG = "host.db-wal";

  private final Map<String, byte[]> files;

  private DiskImage(Map<String, byte[]> files) {
    this.files = files;
  }

  /** Reads the directory of a host. */
  static DiskImage of(Path directory) {
    var files = new TreeMap<String, byte[]>();
    try (var paths = Files.walk(directory)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(path).toString();
        if (!name.endsWith("-shm")) {
          files.put(name, Files.readAllBytes(path));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new DiskImage(files);
  }

  /** The write-ahead log of the database. */
  byte[] log() {
    return files.getOrDefault(LOG, new byte[0]);
  }

  /** The same with another log. */
  DiskImage withLog(byte[] log) {
    var changed = new TreeMap<>(files);
    changed.put(LOG, log);
    return new DiskImage(changed);
  }

  boolean isLike(DiskImage other) {
    return files.keySet().equals(other.files.keySet())
        && files.entrySet().stream()
            .allMatch(file -> Arrays.equals(file.getValue(), other.files.get(file.getKey())));
  }

  /**
   * Starts a host in {@code directory} with these files, as after a crash.
   *
   * @return what users see of it, and what does not add up, also after everything was tidied up
   */
  List<String> recovered(Path directory) {
    write(directory);
    try (var host =
        new UploadHost(
            TestDatabases.sqlite(directory),
            new DiskBlobs(directory.resolve("store"), new Random(2)))) {
      List<String> picture = Picture.of(host.database, host.blobs);
      host.tidyUp();
      picture.addAll(Ledger.faults(host.database, host.blobs));
      if (!Picture.of(host.database, host.blobs).equals(picture)) {
        picture.add("the picture changed");
      }
      return picture;
    }
  }

  private void write(Path directory) {
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path path = directory.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
