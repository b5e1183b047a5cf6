package io.consigne.server.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.coyote.ActionCode;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** What an exchange needs of the container beyond the servlet interfaces. */
final class Connection {
  private final SocketWrapperBase<NioChannel> socket;
  private final Request request;
  private final Response response;

  Connection(SocketWrapperBase<NioChannel> socket, Request request, Response response) {
    this.socket = socket;
    this.request = request;
    this.response = response;
  }

  HttpServletRequest request() {
    return request.getRequest();
  }

  HttpServletResponse response() {
    return response.getResponse();
  }

  /**
   * The status for a request whose head the container refused: it says 400 of all, but leaves what
   * it had read, and where it was.
   */
  int refusal(HttpLimits.Head limits) {
    org.apache.coyote.Request head = request.getCoyoteRequest();
    if (head.getInputBuffer() instanceof Http11InputBuffer buffer
        && buffer.getByteBuffer().position() >= limits.bytes()) {
      return hasLine(buffer.getByteBuffer(), limits.bytes()) ? 431 : 414;
    }
    return head.getMimeHeaders().size() >= limits.headers() ? 431 : 400;
  }

  private static boolean hasLine(ByteBuffer head, int within) {
    int at = 0;
    while (at < within && head.get(at) != '\n') {
      at++;
    }
    return at < within;
  }

  /** Sends the end of the answer. */
  void finish() throws IOException {
    response.finishResponse();
  }

  /** Takes the answer back into our hands, after the container prepared one of its own. */
  void resume() {
    response.setSuspended(false);
  }

  /** What is unread of the request; unlike the request's own stream also after the answer. */
  InputStream input() {
    return new UnreadInput(request.getCoyoteRequest());
  }

  /** Reads no more of the request; the connection closes after its answer. */
  void endInput() {
    request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
  }

  /** Makes every read and write fail; called by any thread. */
  void hangUp() {
    Sockets.hangUp(socket);
  }

  /** Drops what was not sent yet, and makes the client see a reset instead of an end. */
  void reset() {
    SocketChannel channel = socket.getSocket().getIOChannel();
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException alreadyClosed) {
      // The client has noticed.
    }
    request.getCoyoteRequest().action(ActionCode.CLOSE_NOW, null);
  }
}
