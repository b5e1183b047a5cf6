package io.consigne.server.http;

import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioEndpoint;

/** Accepts connections; one for which there is no place is closed before it costs a buffer. */
final class Entrance extends NioEndpoint {
  private final ConnectionPlaces places;
  private final Handshakes handshakes;

  Entrance(ConnectionPlaces places, Handshakes handshakes) {
    this.places = places;
    this.handshakes = handshakes;
  }

  @Override
  protected boolean setSocketOptions(SocketChannel channel) {
    if (!places.take(channel)) {
      destroySocket(channel);
      return false;
    }
    if (isSSLEnabled()) {
      handshakes.begin(channel);
    }
    boolean served = super.setSocketOptions(channel);
    if (!served) {
      places.leave(channel);
      handshakes.end(channel);
    }
    return served;
  }
}
