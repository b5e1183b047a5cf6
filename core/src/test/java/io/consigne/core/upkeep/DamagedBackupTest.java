package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.accounts.Access;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.blobs.Segment;
import io.consigne.core.db.Databases;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.LinkId;
import io.consigne.core.testing.Refusal;
import io.consigne.core.upkeep.UpkeepHost.Ended;
import io.consigne.core.upkeep.UpkeepHost.Heard;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged bytes are neither copied nor restored, but told; the rest is. */
class DamagedBackupTest extends BackupScene {
  @Test
  void rottenBytes_areNotCopied_butTold_andTheRestIs() throws IOException {
    LinkId large = keepLarge(alice, 12);
    Segment small = host.segment(alice, kept.keySet().stream().toList().get(3));
    flip(files.blobs(), small.storeFile(), small.offset() + 5);
    flip(files.blobs(), host.segment(alice, large).storeFile(), LARGE - 1);

    var heard = new Heard<Damage>();
    BackupReport report = backUp(heard);
    assertThat(report.lost()).isEqualTo(2);
    assertThat(told(heard)).containsExactlyInAnyOrder("/s3", "/large12");

    var restoring = new Heard<Damage>();
    Path to = temporary.resolve("restored");
    assertThat(restore(to, restoring).lost()).isEqualTo(2);
    assertThat(told(restoring)).containsExactlyInAnyOrder("/s3", "/large12");
    var restored = new HostFiles(to);
    try (var again =
        new UpkeepHost(
            Databases.sqlite(restored.database()),
            new DiskBlobs(restored.blobs(), new Random(3)))) {
      for (Map.Entry<LinkId, byte[]> file : kept.entrySet()) {
        Access owner = ownerIn(again, file.getKey());
        if (told(heard).contains("/" + name(again, file.getKey()))) {
          assertThat(Refusal.of(() -> again.read(owner, file.getKey())))
              .isInstanceOf(Failure.Rotten.class);
        } else {
          assertThat(again.read(owner, file.getKey())).isEqualTo(file.getValue());
        }
      }
    }
  }

  @Test
  void bytesThatRotLater_areTakenFromTheOlderCopy() throws IOException {
    backUp();
    List<LinkId> links = kept.keySet().stream().toList();
    Segment rotten = host.segment(alice, links.get(3));
    Segment sound = host.segment(alice, links.get(2));
    flip(files.blobs(), rotten.storeFile(), rotten.offset() + 5);
    long footer = sound.offset() + sound.length() + 4;
    flip(backup.resolve("blobs"), sound.storeFile(), footer);

    BackupReport again = backUp();
    assertThat(again.copiedFiles()).isEqualTo(1);
    assertThat(again.lost()).isZero();
    checkRestored(kept);
  }

  @Test
  void rotInTheBackup_isNotRestored_butTold() throws IOException {
    backUp();
    Segment segment = host.segment(alice, kept.keySet().stream().toList().get(4));
    flip(backup.resolve("blobs"), segment.storeFile(), segment.offset() + 5);
    var heard = new Heard<Damage>();
    assertThat(restore(temporary.resolve("restored"), heard).lost()).isEqualTo(1);
    assertThat(told(heard)).containsExactly("/s4");
  }

  @Test
  void damagedDatabaseOrManifest_isRefused() throws IOException {
    backUp();
    Path manifest = backup.resolve("manifest");
    String good = Files.readString(manifest);
    Files.writeString(manifest, good.replace("made 2026", "made 2027"));
    assertThatThrownBy(() -> restore(temporary.resolve("r1"), new Heard<>()))
        .hasMessage("The manifest of the backup is damaged");
    Files.writeString(manifest, good);

    Path state =
        backup.resolve(entries(backup).filter(n -> n.startsWith("state-")).toList().getFirst());
    try (var file = new RandomAccessFile(state.resolve("consigne.db").toFile(), "rw")) {
      file.seek(5000);
      file.write(file.read() ^ 1);
    }
    assertThatThrownBy(() -> restore(temporary.resolve("r2"), new Heard<>()))
        .hasMessageStartingWith("The backup is damaged: ");
    assertThat(temporary.resolve("r2/consigne.db")).doesNotExist();
  }

  @Test
  void damagedManifest_isReplacedByTheNextBackup() throws IOException {
    backUp();
    Files.writeString(backup.resolve("manifest"), "nonsense");
    assertThatThrownBy(() -> backUp(new Heard<>(2))).isInstanceOf(Ended.class);
    assertThat(entries(backup).filter(name -> name.startsWith("state-"))).hasSize(1);
    backUp();
    checkRestored(kept);
  }
}
