package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.ids.LinkId;
import io.consigne.core.upkeep.UpkeepHost.Ended;
import io.consigne.core.upkeep.UpkeepHost.Heard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A backup or a restore that was interrupted is none, spoils nothing, and goes on. */
class InterruptedBackupTest extends BackupScene {
  @Test
  void interruptedBackup_isNone_andGoesOn() throws IOException {
    int step = 1;
    while (true) {
      try {
        backUp(new Heard<>(step));
        break;
      } catch (Ended e) {
        assertThat(Files.exists(backup.resolve("manifest"))).isFalse();
        assertThatThrownBy(() -> restore(temporary.resolve("nothing"), new Heard<>()))
            .hasMessage("The backup in " + backup + " was never completed");
      }
      step++;
    }
    assertThat(step).isGreaterThan(4);
    assertThat(entries(backup).filter(name -> name.startsWith("state-"))).hasSize(1);
    checkRestored(kept);
  }

  @Test
  void backupBefore_counts_untilTheNewOneDoes() throws IOException {
    backUp();
    Map<LinkId, byte[]> before = new LinkedHashMap<>(kept);
    LinkId gone = kept.keySet().iterator().next();
    host.remove(alice, gone);
    host.collectLater();
    keepLarge(alice, 12);
    keepLarge(alice, 13);
    for (int step = 1; step < 5; step++) {
      var heard = new Heard<Damage>(step);
      assertThatThrownBy(() -> backUp(heard)).isInstanceOf(Ended.class);
      checkRestored(before);
    }
    kept.remove(gone);
    backUp();
    checkRestored(kept);
  }

  /** Else a try on a full disk would leave a copy of the database there. */
  @Test
  void interruptedBackups_leaveNoDatabase() throws IOException {
    backUp();
    Map<LinkId, byte[]> before = new LinkedHashMap<>(kept);
    keepLarge(alice, 12);
    for (int run = 0; run < 3; run++) {
      assertThatThrownBy(() -> backUp(new Heard<>(2))).isInstanceOf(Ended.class);
      assertThat(entries(backup).filter(name -> name.startsWith("state-"))).hasSize(1);
    }
    checkRestored(before);
  }

  @Test
  void interruptedRestore_goesOn() throws IOException {
    backUp();
    Path to = Files.createDirectory(temporary.resolve("restored"));
    int step = 1;
    long copied = 0;
    while (true) {
      try {
        var heard = new Heard<Damage>(step);
        copied = restore(to, heard).copiedFiles();
        break;
      } catch (Ended e) {
        assertThat(to.resolve("consigne.db")).doesNotExist();
      }
      step++;
    }
    assertThat(step).isGreaterThan(4);
    assertThat(copied).isLessThan(3);
    assertThat(storeFiles(to.resolve("blobs"))).isEqualTo(storeFiles(files.blobs()));
  }

  /** A pack that has grown is copied anew; the backup that counts may need what died in it. */
  @Test
  void backupBefore_keepsWhatDiedInAPackThatHasGrown() throws IOException {
    backUp();
    Map<LinkId, byte[]> before = new LinkedHashMap<>(kept);
    LinkId gone = kept.keySet().stream().toList().get(4);
    host.remove(alice, gone);
    kept.remove(gone);
    host.collectLater();
    byte[] bytes = StoredBytes.random(30, 500);
    kept.put(host.keep(alice, "new", bytes), bytes);
    keepLarge(alice, 12);
    for (int step = 1; isInterrupted(step); step++) {
      checkRestored(before);
    }
    checkRestored(kept);
  }

  private boolean isInterrupted(int step) {
    try {
      backUp(new Heard<>(step));
      return false;
    } catch (Ended e) {
      return true;
    }
  }
}
