package io.consigne.core.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.ids.Sha256;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a manifest says is what was written, or it is refused. */
class ManifestTest {
  private static final Manifest MANIFEST =
      new Manifest(
          "2026-03-01T12:00:00Z",
          "17",
          "state-1",
          List.of(new Manifest.Entry("consigne.db", 4096, "ab")),
          new Manifest.Blobs(1, 2, 3, 4));

  @Test
  void text_isReadAsItWas() {
    assertThat(Manifest.parse(MANIFEST.text())).isEqualTo(MANIFEST);
  }

  /** A newer program may say more, which must be kept. */
  @Test
  void manifestOfANewerProgram_isRefusedAsSuch() {
    String text = MANIFEST.text();
    String body =
        text.substring(0, text.indexOf("sha256 "))
            .replace("consigne-backup 1\n", "consigne-backup 2\n");
    String newer = body + "sha256 " + Sha256.hex(body) + "\n";
    assertThat(BackupScene.refusal(() -> Manifest.parse(newer)))
        .isEqualTo("The backup is of a newer version of this program: consigne-backup 2");
  }

  @Test
  void anotherByte_isDamage() {
    assertThat(BackupScene.refusal(() -> Manifest.parse(MANIFEST.text().replace("17", "18"))))
        .isEqualTo("The manifest of the backup is damaged");
  }
}
