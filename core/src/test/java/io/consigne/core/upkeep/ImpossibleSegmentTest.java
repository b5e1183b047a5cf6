package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.blobs.StoreCopy;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.upkeep.UpkeepHost.Heard;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row whose numbers no segment can have is damage, and was once the end of what met it. */
class ImpossibleSegmentTest extends FaultyHost {
  ImpossibleSegmentTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"offset_bytes = -1", "size_bytes = -1", "offset_bytes = 4611686018427387904"})
  void segment_isToldByAll_andHealedByTheSameBytes(String damage, @TempDir Path copies) {
    change("UPDATE content_segments SET " + damage + " WHERE size_bytes = " + LARGE);

    assertThat(kinds(host.fsck(true))).contains(Fault.Kind.BYTES);
    var scrubbed = new Heard<Damage>();
    assertThat(host.scrub(scrubbed).segments()).isEqualTo(4);
    assertThat(scrubbed.found)
        .singleElement()
        .satisfies(each -> assertThat(each.files()).hasSize(2));
    var copied = new Heard<Damage>();
    var copying = new SegmentCopies(host.database, blobs, new StoreCopy(copies), "Copying", copied);
    assertThat(copying.run().report(0).lost()).isEqualTo(1);
    assertThat(new StoreCopy(copies).has(List.of(host.segment(alice, large)))).isFalse();

    host.keep(alice, "again", StoredBytes.random(4, LARGE));
    assertThat(host.read(alice, large)).isEqualTo(StoredBytes.random(4, LARGE));
    assertThat(kinds(host.fsck(false))).doesNotContain(Fault.Kind.BYTES);
  }
}
