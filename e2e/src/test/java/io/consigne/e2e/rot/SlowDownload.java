package io.consigne.e2e.rot;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A download whose client takes its time. */
final class SlowDownload implements AutoCloseable {
  /** So that the host cannot send much ahead. */
  private static final int RECEIVE_BUFFER_BYTES = 64 * 1024;

  private final Socket socket;
  private final DataInputStream in;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  private SlowDownload(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  /** Asks for a file, and reads no more than the head of the answer. */
  static SlowDownload begin(String address) throws IOException {
    URI uri = URI.create(address);
    var socket = new Socket();
    socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
    socket.setSoTimeout(60_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort()));
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                .formatted(uri.getPath(), uri.getAuthority())
                .getBytes(StandardCharsets.US_ASCII));
    var download = new SlowDownload(socket);
    download.readHead();
    return download;
  }

  private void readHead() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readByte());
    }
    if (!head.toString().startsWith("HTTP/1.1 200 ")) {
      throw new AssertionError(head.toString());
    }
  }

  /** Reads so many bytes of the body. */
  void read(int count) throws IOException {
    received.writeBytes(in.readNBytes(count));
  }

  /** Reads what still comes, and returns all of the body that came. */
  byte[] readToTheEnd() {
    try {
      in.transferTo(received);
    } catch (IOException e) {
      // The host broke it off, which is how it says that there is no more that is right.
    }
    return received.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
