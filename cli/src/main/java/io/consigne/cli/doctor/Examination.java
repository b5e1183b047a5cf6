package io.consigne.cli.doctor;

import io.consigne.cli.profile.KeyPlace;
import io.consigne.cli.profile.Profile;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Sentences;
import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Timing;
import io.consigne.client.budget.Waiting;
import io.consigne.client.model.AccountInfo;
import io.consigne.client.model.AccountInfo.Offer;
import io.consigne.client.model.FloodState;
import io.consigne.client.model.KeyState;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.Waits;
import io.consigne.client.transport.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One account, looked at with few calls: the account, and at Consigne hosts the key. */
final class Examination {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Session session;
  private final Profile profile;
  private final Consumer<Finding> found;
  private final Instant now = Timing.SYSTEM.now();

  Examination(Session session, Profile profile, Consumer<Finding> found) {
    this.session = session;
    this.profile = profile;
    this.found = found;
  }

  void run() throws IOException {
    found.accept(Finding.ok("profile", profile.name() + ", " + profile.url()));
    found.accept(KeyFindings.place(profile, keyFile()));
    ClientConfig config = session.config(profile);
    Finding tls = WayFindings.tls(profile.url(), trust(config), now);
    found.accept(tls);
    if (tls.grade() == Finding.Grade.FAIL) {
      return;
    }
    try (Client client =
        new Client(config.with(new Waiting(Timing.SYSTEM, PATIENCE, Waits.UNSEEN)))) {
      FloodState flood = client.flood();
      found.accept(WayFindings.flood(flood));
      if (flood.lockedFor().isZero()) {
        ask(client);
      }
    }
  }

  private @Nullable Path keyFile() {
    return switch (profile.key()) {
      case KeyPlace.OwnFile _ -> session.profiles().keyFile(profile);
      default -> null;
    };
  }

  private SSLContext trust(ClientConfig config) throws IOException {
    Path authorities = session.authorities();
    try {
      return authorities == null || config.isOneFichier()
          ? SSLContext.getDefault()
          : Trust.only(authorities);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void ask(Client client) throws IOException {
    try {
      Optional<KeyState> key = client.key();
      Optional<AccountInfo> account = account(client);
      client.clockAhead().map(WayFindings::clock).ifPresent(found);
      if (key.isPresent()) {
        found.accept(KeyFindings.told(key.get(), now));
      } else if (keyFile() != null && Files.exists(keyFile())) {
        found.accept(KeyFindings.kept(Files.getLastModifiedTime(keyFile()).toInstant(), now));
      }
      if (account.isPresent()) {
        tell(client, account.get(), key.isPresent());
      }
    } catch (RefusedException e) {
      String about = e.refusal() instanceof Refusal.NotAuthenticated ? "key" : "host";
      found.accept(Finding.fail(about, Sentences.of(e), Exit.next(e)));
    } catch (IOException e) {
      found.accept(Finding.fail("host", Sentences.of(e), Exit.next(e)));
    }
  }

  /** The account; empty if it was asked for lately, or may not be asked by this key. */
  private Optional<AccountInfo> account(Client client) throws IOException {
    try {
      return Optional.of(client.account());
    } catch (RefusedException e) {
      String next =
          switch (e.refusal()) {
            case Refusal.Flood flood when flood.said().status() == 0 ->
                "ask again in %d s".formatted(flood.retryAfter().toSeconds());
            case Refusal.Denied _ -> "a key with the scope \"account\" sees it";
            default -> throw e;
          };
      found.accept(Finding.warn("account", "not asked: " + e.getMessage(), next));
      return Optional.empty();
    }
  }

  private void tell(Client client, AccountInfo account, boolean consigne) throws IOException {
    found.accept(AccountFindings.subscription(account, now));
    found.accept(AccountFindings.quota(account));
    if (!consigne) {
      found.accept(AccountFindings.network(account));
    }
    if (account.offer() != Offer.FREE) {
      found.accept(Finding.ok("removal", "files stay as long as the subscription"));
    } else if (consigne) {
      found.accept(AccountFindings.removals(client.files().removals(), now));
    } else {
      found.accept(
          Finding.warn(
              "removal",
              "files of free accounts go when nobody downloads them for long",
              "1fichier.com does not tell which; get them in time"));
    }
  }
}
