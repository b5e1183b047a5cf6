/**
 * A client of the 1fichier API, for 1fichier.com and for Consigne hosts. Start at {@link
 * io.consigne.client.Client}.
 */
module io.consigne.client {
  requires io.avaje.json;
  requires io.consigne.hashes;
  requires java.net.http;
  requires static org.jspecify;

  exports io.consigne.client;
  exports io.consigne.client.budget;
  exports io.consigne.client.model;
  exports io.consigne.client.split;
  exports io.consigne.client.transfer;
  exports io.consigne.client.transport;
}
