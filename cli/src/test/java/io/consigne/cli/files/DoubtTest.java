package io.consigne.cli.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

/** A host that was gone was asked once more, as often as before, what it had done. */
final class DoubtTest {
  @Test
  void hostThatIsGone_isNotAskedWhatItHasDone() {
    var refused = new ConnectException("nothing answers there");
    assertThat(Doubt.isLeftBy(new IOException("the connection broke", refused))).isFalse();
    assertThat(Doubt.isLeftBy(new IOException("the connection broke"))).isTrue();
  }
}
