package io.consigne.e2e.rot;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.e2e.Api;
import io.consigne.e2e.HostDatabase;
import io.consigne.e2e.HostDatabase.Run;
import io.consigne.e2e.HostProcess;
import io.consigne.e2e.MultipartForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * While a host runs, bytes of its store files are flipped, cut off or gone: no wrong byte is ever
 * in an answer that comes to its end, all other files are served, and the same upload heals.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RotTest {
  private static final int FLIPS = 120;
  private static final int CUTS = 20;
  private static final long SEED = Long.getLong("consigne.rot.seed", 1);
  private static final List<String> NAMES =
      List.of("large", "middle", "small-1", "small-2", "small-3", "alone");

  private final Map<String, byte[]> contents = new LinkedHashMap<>();
  private final Random random = new Random(SEED);
  private HostProcess host;
  private Api api;

  @BeforeAll
  void uploadSome(@TempDir Path home) {
    host = HostProcess.start(home.resolve("data"));
    api = new Api(host.url(), host.key());
    contents.put("large", bytes(1_500_000));
    contents.put("middle", bytes(200_000));
    contents.put("small-1", bytes(10));
    contents.put("small-2", bytes(100_000));
    contents.put("small-3", bytes(3000));
    contents.put("alone", bytes(20_000));
    upload("large");
    upload("middle");
    upload("small-1", "small-2", "small-3");
    upload("alone");
    served().forEach(Served::assertWhole);
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] content(String name) {
    return Objects.requireNonNull(contents.get(name));
  }

  private void upload(String... names) {
    var form = new MultipartForm();
    for (String name : names) {
      form.file(name, content(name));
    }
    assertThat(api.upload(form).statusCode()).isEqualTo(200);
  }

  @AfterAll
  void stop() {
    host.close();
  }

  /** The files of the beginning, with fresh tokens, and where they are stored now. */
  private Collection<Served> served() {
    var served = all();
    served.keySet().retainAll(NAMES);
    return served.values();
  }

  private Map<String, Served> all() {
    var served = new LinkedHashMap<String, Served>();
    try (var database = HostDatabase.ofRunning(host.data())) {
      for (JsonNode file : api.call("file/ls.cgi", "{}").path("items")) {
        String name = file.path("filename").asString();
        served.put(
            name,
            new Served(
                content(name),
                api.address(file.path("url").asString()),
                database.runs(name).getFirst()));
      }
    }
    return served;
  }

  private StoreFile storeFile(Run run) {
    String name = run.storeFile();
    return new StoreFile(host.data().resolve("blobs").resolve(name.substring(0, 2)).resolve(name));
  }

  @Test
  void flippedBit_isNeverServed() {
    int failed = 0;
    int whole = 0;
    for (Served damaged : served()) {
      StoreFile file = storeFile(damaged.run());
      List<Served> others = served().stream().filter(each -> isOther(each, damaged)).toList();
      for (long position : positions(damaged.run())) {
        file.flip(position, random.nextInt(8));
        damaged.assertNotWhole();
        damaged.assertRanges(position);
        failed++;
        for (Served other : others) {
          other.assertWhole();
          whole++;
        }
        file.restore();
      }
      damaged.assertWhole();
      assertThat(host.log()).contains(file.name() + " at ");
    }
    System.out.println(
        "rot: %d flipped bits, none served; meanwhile %d downloads beside them, all whole; seed %d"
            .formatted(failed, whole, SEED));
  }

  /** Another file in the same store file, or one that is never damaged. */
  private static boolean isOther(Served file, Served damaged) {
    return !file.run().equals(damaged.run())
        && (file.run().storeFile().equals(damaged.run().storeFile())
            || file.run().length() < 50_000);
  }

  /** Some bytes of a record, those at its borders among them. */
  private Collection<Long> positions(Run run) {
    long content = run.offset() + run.length();
    var positions =
        new TreeSet<>(List.of(run.offset(), content - 1, content, run.end() - 52, run.end() - 1));
    while (positions.size() < Math.min(FLIPS / NAMES.size(), run.end() - run.offset())) {
      positions.add(random.nextLong(run.offset(), run.end()));
    }
    return positions;
  }

  @Test
  void storeFile_cutShortOrGone_isNeverServed() {
    for (Served damaged : served()) {
      StoreFile file = storeFile(damaged.run());
      for (int i = 0; i < CUTS / NAMES.size(); i++) {
        long size = random.nextLong(damaged.run().end());
        file.truncate(size);
        checkAllBut(file.name(), size);
        file.restore();
      }
      file.delete();
      checkAllBut(file.name(), 0);
      file.restore();
      damaged.assertWhole();
    }
  }

  private void checkAllBut(String storeFile, long size) {
    for (Served each : served()) {
      if (each.run().storeFile().equals(storeFile) && each.run().end() > size) {
        each.assertNotWhole();
      } else {
        each.assertWhole();
      }
    }
  }

  /** What can happen to a store file. */
  enum Harm {
    FLIPPED,
    CUT_SHORT,
    GONE;

    void doTo(StoreFile file, Run run) {
      switch (this) {
        case FLIPPED -> file.flip(run.offset(), 0);
        case CUT_SHORT -> file.truncate(run.end() - 1);
        case GONE -> file.delete();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void sameUploadAgain_heals(Harm harm) {
    for (int size : new int[] {5000, 300_000}) {
      String name = harm + "-" + size;
      contents.put(name, bytes(size));
      upload(name);
      Served damaged = one(name);
      StoreFile file = storeFile(damaged.run());
      harm.doTo(file, damaged.run());
      damaged.assertNotWhole();

      contents.put(name + "-again", content(name));
      upload(name + "-again");

      damaged.assertWhole();
      one(name).assertWhole();
      one(name + "-again").assertWhole();
      file.restore();
    }
    served().forEach(Served::assertWhole);
  }

  private Served one(String name) {
    return Objects.requireNonNull(all().get(name));
  }

  @Test
  void bitFlippedWhileTheFileIsSent_breaksTheAnswerOff() throws IOException {
    contents.put("film", bytes(24_000_000));
    upload("film");
    Served film = one("film");
    try (SlowDownload download = SlowDownload.begin(film.address())) {
      download.read(1_000_000);
      storeFile(film.run()).flip(film.run().offset() + 23_000_000, 0);
      byte[] received = download.readToTheEnd();

      assertThat(received.length).isBetween(1_000_000, 23_000_000);
      assertThat(new Bytes(received).begin(content("film"))).isTrue();
    }
    served().forEach(Served::assertWhole);
  }
}
