package io.consigne.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;

/** What is made ready is what a connection needs: all up to its first bytes. */
final class FirstConnectionTest {
  private static final byte HANDSHAKE = 22;
  private static final byte CLIENT_HELLO = 1;
  private static final int HEAD_BYTES = 5;

  @Test
  void greeting_isThatOfAClient() throws IOException, GeneralSecurityException {
    ByteBuffer greeting = FirstConnection.greeting();
    assertThat(greeting.get(0)).isEqualTo(HANDSHAKE);
    assertThat(greeting.get(HEAD_BYTES)).isEqualTo(CLIENT_HELLO);
    assertThat(greeting.getShort(3)).isEqualTo((short) (greeting.limit() - HEAD_BYTES));
  }
}
