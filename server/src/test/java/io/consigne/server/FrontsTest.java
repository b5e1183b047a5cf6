package io.consigne.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.Domain;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.db.Databases;
import io.consigne.core.keys.ApiKey;
import io.consigne.server.http.Forwarding;
import io.consigne.server.http.HttpLimits;
import io.consigne.server.http.Listener;
import io.consigne.server.http.ListenerConfig;
import io.consigne.server.http.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request that fails is answered in the words of the front whose it was. */
class FrontsTest {
  private static String ask(int port, String line, String headers) throws IOException {
    try (var wire = new Wire(port)) {
      return wire.send(line + " HTTP/1.1|Host: a|" + headers + "|").answer();
    }
  }

  /** The database is closed under the host, as one that fails. */
  @SuppressWarnings("try")
  @Test
  void hostAtFault_isToldByEachFront_withoutTheCause(@TempDir Path folder) throws IOException {
    var random = new SecureRandom();
    String key = ApiKey.draw(random).reveal();
    try (var blobs = new DiskBlobs(folder.resolve("blobs"), random);
        var database = Databases.sqlite(folder.resolve("consigne.db"));
        var domain =
            new Domain(database, blobs, InstantSource.system(), random, UsualChoices.choices())) {
      var fronts = Fronts.of(domain, null, false);
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var config = new ListenerConfig(address, null, Forwarding.none(), HttpLimits.DEFAULTS);
      try (var listener = Listener.start(config, fronts, fronts::fallback)) {
        database.close();
        assertThat(ask(listener.port(), "GET /user/info.cgi", "Authorization: Bearer " + key + "|"))
            .startsWith("HTTP/1.1 500")
            .endsWith("{\"status\":\"KO\",\"message\":\"Internal error\"}");
        assertThat(ask(listener.port(), "GET /v1/user/info.cgi?api_key=" + key, ""))
            .startsWith("HTTP/1.1 500")
            .contains("Warning: 299", "\"message\":\"Internal error\",\"warning\"")
            .doesNotContain(key);
        String json = "Content-Type: application/json|Content-Length: 0|";
        assertThat(
                ask(
                    listener.port(),
                    "POST /v1/file/ls.cgi",
                    json + "Authorization: Bearer " + key + "|"))
            .startsWith("HTTP/1.1 500")
            .endsWith("{\"status\":\"KO\",\"message\":\"Internal error #500\"}");
      }
    }
  }

  /** The body is looked at to find the front; the words of the listener said nothing of it. */
  @Test
  void bodyThatCannotBeRead_isToldByTheFront(@TempDir Path folder) throws IOException {
    try (var host = RunningHost.start(folder, RunningHost.Choices.NONE);
        var wire = new Wire(URI.create(host.url()).getPort())) {
      wire.send("POST /v1/file/ls.cgi HTTP/1.1|Host: a|Content-Type: application/json|")
          .send("Transfer-Encoding: chunked||5;a\nhello|0||");
      assertThat(wire.answer())
          .startsWith("HTTP/1.1 400")
          .contains("The chunks of the body are not as HTTP/1.1 wants them #701");
    }
  }
}
