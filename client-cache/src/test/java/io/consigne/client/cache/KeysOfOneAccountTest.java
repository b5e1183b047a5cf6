package io.consigne.client.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.RealHost;
import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Limits;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.AsOneFichier;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new key of an account began with nothing: hours of calls and checksums. */
class KeysOfOneAccountTest {
  private static final Duration OLD = Duration.ofHours(1);
  private static final String LIST = "/v1/folder/ls.cgi";

  private final VirtualTiming timing = new VirtualTiming();

  @TempDir private Path directory;

  /** What somebody does with a key. */
  @FunctionalInterface
  private interface Use {
    void of(Client client, Listings listings) throws IOException;
  }

  private void with(URI url, String key, boolean asksWhose, Use use) throws IOException {
    with(ClientConfig.of(url, new ApiKey(key)), asksWhose, use);
  }

  /** At a host that takes itself for 1fichier.com. */
  private void with(StandIn host, String key, boolean asksWhose, Use use) throws IOException {
    with(
        ClientConfig.of(ClientConfig.ONE_FICHIER, new ApiKey(key))
            .over(() -> new AsOneFichier(host)),
        asksWhose,
        use);
  }

  private void with(ClientConfig of, boolean asksWhose, Use use) throws IOException {
    ClientConfig config =
        of.with(Limits.ANNOUNCED)
            .with(new Waiting(timing, Duration.ofHours(2), Waits.UNSEEN))
            .stateIn(directory.resolve("state"));
    try (var client = new Client(config)) {
      if (asksWhose) {
        client.rememberOwner(client.account());
      }
      try (var listings = new Listings(client, config, directory.resolve("cache"))) {
        use.of(client, listings);
      }
    }
  }

  private static final Use LISTED_ONCE =
      (_, listings) -> assertThat(listings.list(CachedFolder.ROOT, OLD).files()).hasSize(1);

  /**
   * Whose a key is may have been told long ago, and the address may be another's since: what
   * folders are called by is asked for, as the root of one account has the number of the other's.
   */
  @Test
  void newKey_takesWhatTheOldRemembersOfFiles_andNoListing() throws IOException {
    var file = new FileLink("https://1fichier.com/?a");
    Use remembers = (_, listings) -> assertThat(listings.remembered()).containsOnlyKeys(file);
    try (var host = new StandIn(timing, _ -> Fault.NONE)) {
      host.files().add("a", new byte[] {1});
      with(
          host,
          "first-key-of-alice",
          true,
          (client, listings) -> {
            LISTED_ONCE.of(client, listings);
            listings.remember(Map.of(file, OneCache.FILE));
          });
      with(host, "second-key-of-alice", true, remembers);
      with(host, "second-key-of-alice", true, LISTED_ONCE);
      assertThat(host.seen(LIST)).isEqualTo(2);
      with(
          host,
          "third-key-of-somebody",
          false,
          (_, listings) -> assertThat(listings.remembered()).isEmpty());
    }
  }

  /** Who stores at a path of an account waits for others that do, whatever their key. */
  @Test
  void keysOfOneAccount_haveOneName() throws IOException {
    var names = new ArrayList<String>();
    Use named = (_, listings) -> names.add(listings.name());
    try (var host = new StandIn(timing, _ -> Fault.NONE)) {
      with(host, "first-key-of-alice", true, named);
      with(host, "second-key-of-alice", true, named);
      with(host, "first-key-of-alice", true, named);
      with(host, "third-key-of-somebody", false, named);
    }
    assertThat(names.get(1)).isEqualTo(names.get(2)).matches("api.1fichier.com-[0-9a-f]{12}");
    assertThat(names.get(3)).isNotEqualTo(names.get(1));
  }

  /** Through a proxy that let through no capabilities, a restricted key got that of all. */
  @Test
  void keysOfAHostThatDoesNotTellWhatTheyAreFor_standForThemselves() throws IOException {
    try (var host = new StandIn(timing, _ -> Fault.NONE)) {
      host.files().add("a", new byte[] {1});
      with(host.url(), "first-key-of-alice", true, LISTED_ONCE);
      with(
          host.url(),
          "second-key-of-alice",
          true,
          (client, listings) -> {
            assertThat(client.keysOfSameAccount()).isEmpty();
            LISTED_ONCE.of(client, listings);
          });
      assertThat(host.seen(LIST)).isEqualTo(2);
    }
  }

  /** One that may tell whose it is. */
  private static String restrictedKey(RealHost host) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(host.url().resolve("/v1/key/add.cgi"))
              .header("Authorization", "Bearer " + host.key())
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"name\":\"x\",\"scopes\":[\"read\",\"account\"]}"))
              .build();
      String made = http.send(request, BodyHandlers.ofString()).body();
      return made.replaceFirst(".*\"secret\":\"([^\"]+)\".*", "$1");
    }
  }

  /** Its root is another folder, and the rest of the account is not for it. */
  @Test
  void restrictedKey_neverSeesTheCacheOfAllTheAccount() throws Exception {
    try (RealHost host = RealHost.start(directory.resolve("host"))) {
      String restricted = restrictedKey(host);
      Use listed = (_, listings) -> listings.list(CachedFolder.ROOT, OLD);
      with(host.url(), host.key(), true, listed);
      with(
          host.url(),
          restricted,
          true,
          (client, listings) -> {
            assertThat(client.keysOfSameAccount()).isEmpty();
            assertThat(listings.name()).endsWith("-" + new ApiKey(restricted).fingerprint());
          });
      with(
          host.url(),
          host.key(),
          true,
          (client, _) -> assertThat(client.keysOfSameAccount()).isEmpty());
    }
  }
}
