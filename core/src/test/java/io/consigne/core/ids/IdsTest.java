package io.consigne.core.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers of rows, hashes and drawn texts. */
class IdsTest {
  @Test
  void numbers_notPositive_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AccountId(0))
        .withMessage("account id must be positive: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FolderId(-1))
        .withMessage("folder id must be positive: -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FileId(0))
        .withMessage("file id must be positive: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ContentId(0))
        .withMessage("content id must be positive: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyId(0))
        .withMessage("key id must be positive: 0");
    assertThat(new FolderId(7)).hasToString("7");
  }

  @Test
  void sha256_ofText_isOfItsUtf8() {
    assertThat(Sha256.hex("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Sha256.hex("é"))
        .isEqualTo("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
  }

  @Test
  void draw_takesFromTheWholeAlphabet() {
    String drawn = RandomText.draw(new Random(1), RandomText.BASE62, 10_000);
    assertThat(drawn).hasSize(10_000);
    assertThat(drawn.chars().distinct().count()).isEqualTo(62);
    assertThat(RandomText.draw(new Random(1), RandomText.LOWER, 20)).matches("[0-9a-z]{20}");
  }
}
