package io.consigne.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.Domain;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseAway;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.DatabaseStopped;
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
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is not there was told as a fault of the host, which no client tries again. */
class LostDatabaseTest {
  @TempDir Path folder;

  @Test
  void clients_areToldToComeAgain() throws IOException {
    var random = new SecureRandom();
    String key = "Authorization: Bearer " + ApiKey.draw(random).reveal() + "|";
    try (var blobs = new DiskBlobs(folder.resolve("blobs"), random);
        var database = new Losing(Databases.sqlite(folder.resolve("consigne.db")));
        var domain =
            new Domain(database, blobs, InstantSource.system(), random, UsualChoices.choices())) {
      var fronts = Fronts.of(domain, null, false);
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var config = new ListenerConfig(address, null, Forwarding.none(), HttpLimits.DEFAULTS);
      try (var listener = Listener.start(config, fronts, fronts::fallback)) {
        database.lost = new DatabaseAway("refused", new IOException());
        assertThat(ask(listener.port(), "GET /user/info.cgi", key))
            .startsWith("HTTP/1.1 503")
            .contains("Retry-After: 5", "\"message\":\"The database cannot be reached\"");
        String json = "Content-Type: application/json|Content-Length: 0|" + key;
        assertThat(ask(listener.port(), "POST /v1/file/ls.cgi", json))
            .startsWith("HTTP/1.1 503")
            .contains("Retry-After: 5", "\"message\":\"The database cannot be reached #707\"");

        assertThat(post(listener.port(), key))
            .startsWith("HTTP/1.1 503")
            .contains("Retry-After: 5", "\"message\":\"The database cannot be reached #707\"");

        database.lost = new DatabaseStopped(new IOException());
        assertThat(ask(listener.port(), "GET /user/info.cgi", key))
            .startsWith("HTTP/1.1 503")
            .contains("Retry-After: 5", "\"message\":\"The server is stopping\"");
        assertThat(ask(listener.port(), "POST /v1/file/ls.cgi", json))
            .startsWith("HTTP/1.1 503")
            .contains("Retry-After: 5", "\"message\":\"The server is stopping #707\"");
        assertThat(post(listener.port(), key))
            .startsWith("HTTP/1.1 503")
            .contains("Retry-After: 5", "\"message\":\"The server is stopping #707\"");
        database.lost = null;
      }
    }
  }

  private static String ask(int port, String line, String headers) throws IOException {
    try (var wire = new Wire(port)) {
      return wire.send(line + " HTTP/1.1|Host: a|" + headers + "|").answer();
    }
  }

  /** A body of which the listener alone would not read all: its client saw a reset. */
  private static String post(int port, String headers) throws IOException {
    byte[] body = new byte[20 << 20];
    try (var wire = new Wire(port)) {
      return wire.send("POST /upload.cgi HTTP/1.1|Host: a|" + headers)
          .send("Content-Type: multipart/form-data; boundary=edge|")
          .send("Content-Length: " + body.length + "||")
          .send(body)
          .answer();
    }
  }

  /** Fails with what it is told to. */
  private static final class Losing implements Database {
    private final Database inner;
    private volatile @Nullable DatabaseException lost;

    Losing(Database inner) {
      this.inner = inner;
    }

    private void failIfLost() {
      DatabaseException fault = lost;
      if (fault != null) {
        throw fault;
      }
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) {
      failIfLost();
      return inner.read(work);
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) {
      failIfLost();
      return inner.write(work);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
