package io.consigne.server.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.coyote.ActionCode;
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
