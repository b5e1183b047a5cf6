package io.consigne.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

/** A connection to a listener, with every byte in the test's hands. */
public final class Wire implements Closeable {
  private final Socket socket;
  private final InputStream in;

  Wire(Listener listener) throws IOException {
    this(listener.port());
  }

  /** A connection to a port of this machine. */
  public Wire(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** The same from another address of this machine, such as 127.0.0.2. */
  public Wire(int port, String from) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.ofLiteral(from), 0));
  }

  /** Over a connection that is made. */
  public Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(10_000);
    in = socket.getInputStream();
  }

  /** Sends text, with {@code |} for the end of a line. */
  public Wire send(String text) throws IOException {
    return send(text.replace("|", "\r\n").getBytes(ISO_8859_1));
  }

  /** Sends bytes as they are. */
  public Wire send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Status line and headers of the next answer, without the empty line. */
  public String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!endsWithEmptyLine(head)) {
      int octet = in.read();
      if (octet < 0) {
        return head.toString(ISO_8859_1);
      }
      head.write(octet);
    }
    return head.toString(ISO_8859_1).strip();
  }

  private static boolean endsWithEmptyLine(ByteArrayOutputStream head) {
    return head.toString(ISO_8859_1).endsWith("\r\n\r\n");
  }

  /** The next answer, whose body has a {@code Content-Length}; head, empty line, body. */
  public String answer() throws IOException {
    String head = head();
    long length =
        Arrays.stream(head.split("\r\n"))
            .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:"))
            .mapToLong(line -> Long.parseLong(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    return head + "\r\n\r\n" + new String(in.readNBytes(Math.toIntExact(length)), ISO_8859_1);
  }

  /** Everything until the other side closes; a reset counts as the end. */
  public byte[] rest() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (java.net.SocketTimeoutException stillOpen) {
      throw new UncheckedIOException(stillOpen);
    } catch (IOException reset) {
      all.writeBytes(new byte[0]);
    }
    return all.toByteArray();
  }

  /** Whether the other side sent nothing more and closed. */
  public boolean closed() {
    return rest().length == 0;
  }

  /** What the other side sends. */
  public InputStream in() {
    return in;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
