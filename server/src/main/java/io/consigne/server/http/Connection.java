package io.consigne.server.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
