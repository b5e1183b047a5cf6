package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.failure.FailureException;
import io.consigne.core.upkeep.UpkeepHost.Heard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A backup counts as whole only if each byte of it is what was written. */
class BackupCheckTest extends BackupScene {
  private VerifyReport verify() {
    return verify(new Heard<>());
  }

  private VerifyReport verify(Heard<Damage> heard) {
    return new BackupCheck(backup, heard).run(null);
  }

  private void backUpWithCertificates() throws IOException {
    Files.createDirectories(files.tls());
    Files.writeString(files.tls().resolve("ca.pem"), "certificate");
    backUp();
  }

  @Test
  void soundBackup_isWhole_andIsNotChanged() throws IOException {
    backUpWithCertificates();
    Map<String, Integer> before = contents();
    VerifyReport report = verify();
    assertThat(report.whole()).isTrue();
    assertThat(report.storeFiles()).isEqualTo(3);
    assertThat(report.segments()).isEqualTo(7);
    assertThat(report.bytes()).isEqualTo(1000 + 2 * LARGE);
    assertThat(contents()).isEqualTo(before);
  }

  /** The bytes and the time of each file. */
  private Map<String, Integer> contents() throws IOException {
    var found = new TreeMap<String, Integer>();
    for (Path file : everyFile()) {
      int bytes = Arrays.hashCode(Files.readAllBytes(file));
      found.put(file.toString(), 31 * bytes + Files.getLastModifiedTime(file).hashCode());
    }
    return found;
  }

  private List<Path> everyFile() throws IOException {
    try (Stream<Path> all = Files.walk(backup)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void flippedByte_inWhateverFile_isFound() throws IOException {
    backUpWithCertificates();
    var kinds = new ArrayList<String>();
    for (Path file : everyFile()) {
      byte[] good = Files.readAllBytes(file);
      for (int at : new int[] {0, good.length / 3, good.length - 2}) {
        byte[] bad = good.clone();
        bad[at] ^= 1;
        Files.write(file, bad);
        assertThat(isWhole()).as(file + " at " + at).isFalse();
      }
      Files.write(file, good);
      assertThat(isWhole()).as(file + " as it was").isTrue();
      kinds.add(backup.relativize(file).toString().replaceAll("[0-9a-f]{13,}", "N"));
    }
    assertThat(kinds)
        .contains("consigne-backup", "manifest", "state-N/consigne.db", "state-N/tls-ca.pem")
        .hasSize(4 + 3);
  }

  @Test
  void cutOrMissingFile_isFound() throws IOException {
    backUpWithCertificates();
    for (Path file : everyFile()) {
      byte[] good = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(good, good.length - 2));
      assertThat(isWhole()).as(file + " cut").isFalse();
      Files.delete(file);
      assertThat(isWhole()).as(file + " missing").isFalse();
      Files.write(file, good);
    }
    assertThat(isWhole()).isTrue();
  }

  /** A manifest that is damaged or missing is no backup at all. */
  private boolean isWhole() {
    try {
      return verify().whole();
    } catch (FailureException e) {
      assertThat(e).hasMessageMatching("(The|There is no) (manifest|backup) .*");
      return false;
    }
  }

  @Test
  void damage_isToldWithItsFiles_andTheOthersAreReadOn() throws IOException {
    backUp();
    var links = List.copyOf(kept.keySet());
    var small = host.segment(alice, links.get(3));
    flip(backup.resolve("blobs"), small.storeFile(), small.offset() + 5);
    var gone = host.segment(bob, links.get(6)).storeFile();
    Files.delete(backup.resolve("blobs").resolve(gone.substring(0, 2)).resolve(gone));

    var heard = new Heard<Damage>();
    VerifyReport report = verify(heard);
    assertThat(report.damaged()).isEqualTo(2);
    assertThat(report.faults()).isEmpty();
    assertThat(report.segments()).isEqualTo(7);
    assertThat(told(heard)).containsExactlyInAnyOrder("/s3", "/large11");
  }

  /** What was damaged in the host already is in no backup. */
  @Test
  void bytesThatWereLostBefore_areMissing() throws IOException {
    var segment = host.segment(alice, List.copyOf(kept.keySet()).get(3));
    flip(files.blobs(), segment.storeFile(), segment.offset() + 5);
    assertThat(backUp().lost()).isEqualTo(1);
    assertThat(verify().damaged()).isEqualTo(1);
  }

  @Test
  void storeAlone_isComparedWithADatabase() throws IOException {
    host.upkeep.backup().runBlobs(backup, files, false, new Heard<>());
    assertThat(refusal(this::verify)).startsWith("The backup holds the store alone: ");
    var check = new BackupCheck(backup, new Heard<>());
    assertThat(check.run(host.database).whole()).isTrue();
    keepLarge(alice, 12);
    assertThat(new BackupCheck(backup, new Heard<>()).run(host.database).damaged()).isEqualTo(1);
  }

  @Test
  void directoryWithoutABackup_isRefused() throws IOException {
    assertThat(refusal(this::verify)).isEqualTo("There is no backup in " + backup);
    Files.createDirectory(backup);
    assertThat(refusal(this::verify)).isEqualTo("There is no backup in " + backup);
    assertThat(backup).isEmptyDirectory();
  }

  @Test
  void backupThatIsBeingMade_isNotLookedAt() {
    backUp();
    keepLarge(alice, 12);
    var refused = new ArrayList<String>();
    blobs.afterNextOpen(() -> refused.add(refusal(this::verify)));
    backUp();
    assertThat(refused).containsExactly(backup + " is used by another backup, restore or check");
    assertThat(verify().whole()).isTrue();
  }

  @Test
  void directoryInPlaceOfAFile_isToldAsThat() throws IOException {
    backUp();
    Path state =
        backup.resolve(entries(backup).filter(n -> n.startsWith("state")).toList().getFirst());
    Files.delete(state.resolve("consigne.db"));
    Files.createDirectory(state.resolve("consigne.db"));
    assertThat(verify().faults())
        .containsExactly(state.resolve("consigne.db") + " cannot be read: Is a directory");
    assertThatThrownBy(() -> restore(temporary.resolve("to"), new Heard<>()))
        .isInstanceOf(UncheckedIOException.class);
  }
}
