package io.consigne.server.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The way from the operator's commands to the running server: a Unix socket in the data directory
 * that only the server's user may open. One request and one answer a connection, each a JSON object
 * that ends with the stream.
 */
public final class AdminSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdminSocket.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_REQUEST = 64 * 1024;

  private final Path path;
  private final ServerSocketChannel listener;

  private AdminSocket(Path path, ServerSocketChannel listener) {
    this.path = path;
    this.listener = listener;
  }

  /**
   * Listens, for whoever holds the lock of the data directory.
   *
   * @throws IOException if the socket cannot be made
   */
  public static AdminSocket listen(Path path, Administration administration) throws IOException {
    Files.deleteIfExists(path);
    var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try (var address = SocketAddressPath.of(path)) {
      listener.bind(address.address());
    } catch (IOException e) {
      listener.close();
      throw new IOException("Cannot listen on " + path + ": " + e.getMessage(), e);
    }
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    var socket = new AdminSocket(path, listener);
    Thread.ofVirtual().name("admin-socket").start(() -> socket.serve(administration));
    return socket;
  }

  private void serve(Administration administration) {
    while (listener.isOpen()) {
      try {
        SocketChannel client = listener.accept();
        Thread.ofVirtual().start(() -> answer(client, administration));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.warn("An administration request was lost: {}", e.getMessage());
      }
    }
  }

  private static void answer(SocketChannel client, Administration administration) {
    try (client) {
      byte[] request = Channels.newInputStream(client).readNBytes(MAX_REQUEST);
      AdminAnswer answer = administration.execute(JSON.readValue(request, AdminRequest.class));
      Channels.newOutputStream(client).write(JSON.writeValueAsBytes(answer));
    } catch (IOException | JacksonException e) {
      LOG.warn("An administration request was not understood: {}", e.getMessage());
    }
  }

  /**
   * Asks the server that listens at {@code path}; empty if none does.
   *
   * @throws IOException if the server did not answer
   */
  public static Optional<AdminAnswer> ask(Path path, AdminRequest request) throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try (var client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      try (var address = SocketAddressPath.of(path)) {
        client.connect(address.address());
      } catch (IOException refused) {
        return Optional.empty();
      }
      OutputStream out = Channels.newOutputStream(client);
      out.write(JSON.writeValueAsBytes(request));
      client.shutdownOutput();
      InputStream in = Channels.newInputStream(client);
      return Optional.of(JSON.readValue(in.readAllBytes(), AdminAnswer.class));
    } catch (JacksonException e) {
      throw new IOException("The server stopped before it answered", e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    Files.deleteIfExists(path);
  }
}
