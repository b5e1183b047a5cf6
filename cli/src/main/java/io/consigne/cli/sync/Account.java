package io.consigne.cli.sync;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Session;
import io.consigne.client.Client;
import io.consigne.client.cache.Listings;
import io.consigne.client.model.Limit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An account with its cache.
 *
 * @param client of the account
 * @param listings kept on disk
 */
record Account(Client client, Listings listings) implements AutoCloseable {
  static Account open(Session session, Address.InAccount address) throws IOException {
    Client client = session.tree(address).client();
    Path directory = session.around().directory("XDG_CACHE_HOME", ".cache").resolve("consigne");
    var config = session.config(session.profile(address.profile()));
    return new Account(client, new Listings(client, config, directory));
  }

  /** What of listings is believed: what was asked for, else as little as the host allows. */
  Duration age(@Nullable Duration asked) throws IOException {
    if (asked != null) {
      return asked;
    }
    return client.capabilities().consigne() ? Duration.ZERO : Limit.FOLDER.interval();
  }

  @Override
  public void close() throws IOException {
    listings.close();
  }
}
