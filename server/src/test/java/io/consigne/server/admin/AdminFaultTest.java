package io.consigne.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The operator's socket on a machine that has no descriptors left. */
class AdminFaultTest {
  /** Else the log would take the room of the files. */
  @Test
  void eachFault_isFollowedByAPause_andWhoComesLaterIsServed() throws Exception {
    var steps = new ArrayList<String>();
    try (var client = SocketChannel.open();
        var listener = new FaultyListener(steps, client)) {
      AdminSocket.serve(
          listener,
          taken -> steps.add(taken.equals(client) ? "served" : "another"),
          () -> steps.add("pause"));
    }

    assertThat(steps)
        .isEqualTo(List.of("fault", "pause", "fault", "pause", "accepted", "served", "closed"));
  }

  /** Fails twice, then hands out a client, then is closed. */
  private static final class FaultyListener extends ServerSocketChannel {
    private final List<String> steps;
    private final SocketChannel client;
    private int calls;

    FaultyListener(List<String> steps, SocketChannel client) {
      super(SelectorProvider.provider());
      this.steps = steps;
      this.client = client;
    }

    @Override
    public SocketChannel accept() throws IOException {
      calls++;
      if (calls <= 2) {
        steps.add("fault");
        throw new IOException("Too many open files");
      }
      if (calls == 3) {
        steps.add("accepted");
        return client;
      }
      steps.add("closed");
      throw new ClosedChannelException();
    }

    @Override
    public ServerSocketChannel bind(@Nullable SocketAddress local, int backlog) {
      return this;
    }

    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) {
      return this;
    }

    @Override
    public <T> @Nullable T getOption(SocketOption<T> name) {
      return null;
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
      return Set.of();
    }

    @Override
    public ServerSocket socket() {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable SocketAddress getLocalAddress() {
      return null;
    }

    @Override
    protected void implCloseSelectableChannel() {}

    @Override
    protected void implConfigureBlocking(boolean block) {}
  }
}
