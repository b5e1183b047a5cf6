package io.consigne.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What commands are told of a long task. */
@Timeout(60)
class ClientOutputTest {
  /** A command that was stopped held its backup, and all deletions, for ever. */
  @Test
  void clientThatTakesNothing_isCutOff(@TempDir Path directory) throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("sock"));
    try (var watch = ClientOutput.watch();
        var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        var stopped = SocketChannel.open(address);
        SocketChannel client = listener.accept()) {
      var out = new ClientOutput(client, watch, Duration.ofMillis(50));
      byte[] line = new byte[64 * 1024];
      assertThatThrownBy(
              () -> {
                while (true) {
                  out.write(line);
                }
              })
          .isInstanceOf(IOException.class);
      assertThat(client.isOpen()).isFalse();
      assertThat(stopped.isOpen()).isTrue();
    }
  }

  /** Each was remembered for an hour: a check with a million findings took 80 MB. */
  @Test
  void linesThatWereTaken_areForgotten(@TempDir Path directory) throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("sock"));
    try (var watch = ClientOutput.watch();
        var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        var command = SocketChannel.open(address);
        SocketChannel client = listener.accept()) {
      var out = new ClientOutput(client, watch, Duration.ofHours(1));
      for (int i = 0; i < 100; i++) {
        out.write(new byte[] {'\n'});
      }
      assertThat(command.isConnected()).isTrue();
      assertThat(watch.getQueue()).isEmpty();
    }
  }
}
