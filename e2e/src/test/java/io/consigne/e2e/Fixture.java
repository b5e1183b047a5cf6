package io.consigne.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A data directory that an earlier version wrote: see {@code upgrade/README.md} among the resources
 * of these tests.
 *
 * @param data the directory, unpacked
 * @param expected what is in it
 */
record Fixture(Path data, JsonNode expected) {
  /** Unpacks the one that the program at that commit wrote into {@code home}. */
  static Fixture unpack(String commit, Path home) {
    String resource = "upgrade/" + commit + ".zip";
    try (InputStream packed =
            Objects.requireNonNull(Fixture.class.getResourceAsStream(resource), resource);
        var zip = new ZipInputStream(packed)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = home.resolve(entry.getName());
        Files.createDirectories(Samples.folder(file));
        Files.copy(zip, file);
      }
      JsonNode expected =
          JsonMapper.builder().build().readTree(Files.readString(home.resolve("expected.json")));
      Files.writeString(home.resolve("data.key"), expected.path("keys").path("admin").asString());
      return new Fixture(home.resolve("data"), expected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String key(String account) {
    return expected.path("keys").path(account).asString();
  }
}
