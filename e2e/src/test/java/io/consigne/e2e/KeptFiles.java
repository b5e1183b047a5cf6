package io.consigne.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Files that a test keeps on a host, and looks for again. */
final class KeptFiles {
  /** The size of the largest, which is in the folder {@code Films}. */
  static final int LARGE = 3_000_000;

  private final Map<String, byte[]> kept = new LinkedHashMap<>();

  /** Keeps files of many sizes, in two folders. */
  void keepSome(HostProcess host) {
    var admin = new Api(host.url(), host.key());
    for (int size : new int[] {0, 1, 10_000, 65_536, 65_537, LARGE}) {
      byte[] bytes = new byte[size];
      new Random(size).nextBytes(bytes);
      kept.put(id(Api.link(admin.upload("file " + size, bytes))), bytes);
    }
    long folder =
        admin
            .call("folder/mkdir.cgi", "{\"folder_id\":0,\"name\":\"Films\"}")
            .path("folder_id")
            .asLong();
    String last = kept.keySet().stream().toList().getLast();
    admin.call(
        "file/mv.cgi",
        "{\"urls\":[\"%s/?%s\"],\"destination_folder_id\":%d}".formatted(host.url(), last, folder));
  }

  private static String id(String link) {
    return link.substring(link.indexOf('?') + 1);
  }

  /** What is kept so far, by the ids of links. */
  Map<String, byte[]> soFar() {
    return Map.copyOf(kept);
  }

  /** Further files, by their links. */
  void add(Map<String, byte[]> files) {
    files.forEach((link, bytes) -> kept.put(id(link), bytes));
  }

  /** All of them are there. */
  void check(HostProcess host) {
    check(host, host.key(), kept);
  }

  /** These are there, for the owner of a key. */
  static void check(HostProcess host, String key, Map<String, byte[]> expected) {
    var api = new Api(host.url(), key);
    expected.forEach(
        (id, bytes) -> assertThat(api.download(host.url() + "/?" + id)).isEqualTo(bytes));
  }

  /** The largest file of a store. */
  static Path largest(Path data) throws IOException {
    try (Stream<Path> files = Files.walk(data.resolve("blobs"))) {
      return files
          .filter(Files::isRegularFile)
          .max((one, other) -> Long.compare(one.toFile().length(), other.toFile().length()))
          .orElseThrow();
    }
  }

  /** Turns a bit around; a second time it is as it was. */
  static void flip(Path path, long position) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(position);
      int old = file.read();
      file.seek(position);
      file.write(old ^ 1);
    }
  }
}
