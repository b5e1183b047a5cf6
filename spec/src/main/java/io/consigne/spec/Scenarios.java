package io.consigne.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** All scenarios of this library. */
public final class Scenarios {
  private static final String SUFFIX = ".json";

  private Scenarios() {}

  /**
   * The scenarios of the 1fichier API, by id.
   *
   * @throws IllegalArgumentException if one is not well formed
   */
  public static List<Scenario> v1() {
    URL root = Objects.requireNonNull(Scenarios.class.getResource("v1"), "no scenarios");
    try {
      URI uri = root.toURI();
      if (!uri.getScheme().equals("jar")) {
        return read(Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return read(jar.provider().getPath(uri));
      }
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException("scenarios cannot be read from " + root, e);
    }
  }

  private static List<Scenario> read(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX))
          .sorted()
          .map(file -> read(root, file))
          .toList();
    }
  }

  private static Scenario read(Path root, Path file) {
    String name = root.relativize(file).toString().replace('\\', '/');
    try {
      return ScenarioReader.read(
          name.substring(0, name.length() - SUFFIX.length()), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
