package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.LinkId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A repair takes nothing away that a damaged row may have meant. */
class FsckDoubtTest extends FaultyHost {
  private static final byte[] BYTES = StoredBytes.random(7, LARGE);

  private LinkId bobs;
  private long content;

  @SuppressWarnings("NullAway.Init")
  FsckDoubtTest(TestDatabases.Kind kind) {
    super(kind);
  }

  @BeforeEach
  void upload() {
    bobs = host.keep(bob, "bob's own", BYTES);
    content = host.parts.number("SELECT content_id FROM files WHERE link = ?", bobs.value());
  }

  /** It was counted down to no file, collected ten minutes later, and its bytes were gone. */
  @ParameterizedTest
  @ValueSource(strings = {"(SELECT content_id FROM files WHERE name = 'small')", "12345"})
  void contentOfAFileThatShowsAnother_staysAndIsReadOnceTheRowIsRight(String other) {
    show(other);
    for (int run = 0; run < 2; run++) {
      assertThat(host.fsck(true).left()).isPositive();
    }
    host.collectLater();

    show(Long.toString(content));
    host.fsck(true);
    assertThat(host.fsck(true).groups()).isEmpty();
    assertThat(host.read(bob, bobs)).isEqualTo(BYTES);
  }

  /** It took the size of the other content, and was served with its bytes. */
  @Test
  void sizeOfAFile_whoseContentMissesAFile_isNotTaken() {
    LinkId another = host.keep(bob, "another", StoredBytes.random(8, 100));
    show("(SELECT content_id FROM files WHERE link = '" + another.value() + "')");
    for (int run = 0; run < 2; run++) {
      assertThat(kinds(host.fsck(true))).contains(Fault.Kind.SIZE, Fault.Kind.REFS);
    }
    host.collectLater();

    show(Long.toString(content));
    host.fsck(true);
    assertThat(host.fsck(true).groups()).isEmpty();
    assertThat(host.read(bob, bobs)).isEqualTo(BYTES);
  }

  /** It was counted down as well, for nothing but the two counts tells of such a row. */
  @Test
  void contentOfAFileThatShowsOneOfTheSameSize_stays() {
    LinkId another = host.keep(bob, "another", StoredBytes.random(8, LARGE));
    show("(SELECT content_id FROM files WHERE link = '" + another.value() + "')");
    for (int run = 0; run < 2; run++) {
      assertThat(host.fsck(true).left()).isEqualTo(2);
    }
    host.collectLater();

    show(Long.toString(content));
    assertThat(host.fsck(false).groups()).isEmpty();
    assertThat(host.read(bob, bobs)).isEqualTo(BYTES);
  }

  /** It was told that a repair would end what it leaves. */
  @Test
  void whatIsLeftAlone_isNotCalledRepairable() {
    show("12345");
    FsckReport dry = host.fsck(false);
    assertThat(kinds(dry)).containsExactly(Fault.Kind.CONTENT, Fault.Kind.REFS);
    assertThat(repairable(dry)).isZero();
    assertThat(repairable(host.fsck(true))).isZero();

    change("UPDATE accounts SET used_bytes = used_bytes + 7");
    assertThat(repairable(host.fsck(false))).isEqualTo(2);
  }

  private static long repairable(FsckReport report) {
    return report.groups().stream().mapToLong(FsckReport.Group::repairable).sum();
  }

  @Test
  void contentThatIsLeftAlone_saysWhy() {
    show("12345");
    assertThat(
            host.fsck(true).groups().stream()
                .filter(group -> group.kind() == Fault.Kind.REFS)
                .flatMap(group -> group.samples().stream())
                .map(Fault::what))
        .containsExactly(
            "content %d counts 1 files, it has 0; it is left alone, because it may be that of a"
                    .formatted(content)
                + " file which shows another");
  }

  private void show(String shown) {
    tear("UPDATE files SET content_id = " + shown + " WHERE link = '" + bobs.value() + "'");
  }
}
