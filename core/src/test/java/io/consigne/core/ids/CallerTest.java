package io.consigne.core.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** What is taken of a program's name for itself. */
class CallerTest {
  private static final InetAddress HOME = InetAddress.ofLiteral("192.0.2.7");

  @Test
  void client_controlCharactersAndOtherScripts_becomeQuestionMarks() {
    assertThat(new Caller(HOME, " rclone/v1.70\r\n\u001b[31mé\u202e ").client())
        .isEqualTo("rclone/v1.70???[31m??");
  }

  @Test
  void client_tooLong_isCut() {
    assertThat(new Caller(HOME, "a".repeat(5000)).client()).hasSize(Caller.CLIENT_LENGTH);
  }
}
