package io.consigne.server.http;

import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.apache.tomcat.util.net.NioChannel;

/** HTTP/1.1 as Tomcat speaks it, within our limits, on virtual threads. */
final class Protocol extends Http11NioProtocol {
  private final Sockets sockets;

  Protocol(HttpLimits limits, ConnectionPlaces places, Handshakes handshakes) {
    super(new Entrance(places, handshakes));
    AbstractEndpoint<NioChannel, ?> endpoint = getEndpoint();
    sockets = new Sockets(endpoint.getHandler(), limits, places, handshakes);
    endpoint.setHandler(sockets);
    endpoint.setUseVirtualThreads(true);
    setMaxHttpRequestHeaderSize(limits.head().bytes());
    setMaxHeaderCount(limits.head().headers());
    setMaxConnections(limits.connections().most());
    setAcceptCount(limits.connections().most());
    setConnectionTimeout(Sockets.millis(limits.head().time()));
    setKeepAliveTimeout(Sockets.millis(limits.keepAlive()));
    setDisableUploadTimeout(false);
    setConnectionUploadTimeout(Sockets.millis(limits.body().idle()));
    setMaxKeepAliveRequests(-1);
    setMaxSwallowSize(HttpLimits.LINGER_BYTES);
    setRelaxedQueryChars("[]{}|^");
    setContinueResponseTiming("onRead");
    setUseSendfile(false);
    setServerRemoveAppProvidedValues(true);
    endpoint.getSocketProperties().setDirectBuffer(true);
    endpoint.getSocketProperties().setAppReadBufSize(HttpLimits.SOCKET_BUFFER_BYTES);
    endpoint.getSocketProperties().setAppWriteBufSize(HttpLimits.SOCKET_BUFFER_BYTES);
  }

  Sockets sockets() {
    return sockets;
  }
}
