package io.consigne.cli.doctor;

import io.consigne.cli.profile.KeyPlace;
import io.consigne.cli.profile.Profile;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Sentences;
import io.consigne.client.Client;
import io.consigne.client.ClientConfig;
import io.consigne.client.budget.Timing;
import io.consigne.client.budget.Waiting;
import io.consigne.client.model.AccountInfo;
import io.consigne.client.model.AccountInfo.Offer;
import io.consigne.client.model.AccountSeen;
import io.consigne.client.model.FloodState;
import io.consigne.client.model.KeyState;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.Waits;
import io.consigne.client.transport.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One account, looked at with few calls: the account, and at Consigne hosts the key. There is a
 * line for each thing, also for what cannot be told.
 */
final class Examination {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration NOTICED = Duration.ofSeconds(5);

  private final Session session;
  private final Profile profile;
  private final Consumer<Finding> found;
  private final Set<String> told = new HashSet<>();
  private final Instant now = Timing.SYSTEM.now();

  /** Whether the host has said that it is one, which has no CDN. */
  private boolean isConsigne;

  Examination(Session session, Profile profile, Consumer<Finding> found) {
    this.session = session;
    this.profile = profile;
    this.found = found;
  }

  private void tell(Finding finding) {
    told.add(finding.about());
    found.accept(finding);
  }

  void run() throws IOException {
    tell(Finding.ok("profile", profile.name() + ", " + profile.url()));
    tell(KeyFindings.place(profile, session.profiles().keyFile(profile)));
    ClientConfig config = config();
    Finding tls = WayFindings.tls(profile.url(), trust(config), now);
    tell(tls);
    try (Client client =
        new Client(config.with(new Waiting(Timing.SYSTEM, PATIENCE, Waits.UNSEEN)))) {
      FloodState flood = client.flood();
      tell(WayFindings.flood(flood));
      if (tls.grade() == Finding.Grade.FAIL) {
        tellRest(client, "the host was not reached");
      } else if (flood.lockedFor().isPositive()) {
        tellRest(client, "nothing is asked while the host has locked this machine out");
      } else {
        ask(client);
      }
    }
  }

  private ClientConfig config() throws IOException {
    try {
      return session.config(profile);
    } catch (IllegalArgumentException e) {
      throw new Problem(Exit.USAGE, String.valueOf(e.getMessage()));
    }
  }

  /** Whose time is that of the key. */
  private @Nullable Path keyFile() {
    return profile.key() instanceof KeyPlace.OwnFile ? session.profiles().keyFile(profile) : null;
  }

  private SSLContext trust(ClientConfig config) throws IOException {
    Path authorities = session.authorities(profile);
    try {
      return authorities == null || config.isOneFichier()
          ? SSLContext.getDefault()
          : Trust.only(authorities);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void ask(Client client) throws IOException {
    String why = "the host did not tell the account";
    try {
      Optional<KeyState> key = client.key();
      isConsigne = key.isPresent();
      Optional<AccountSeen> account = account(client);
      tellClock(client);
      boolean works = account.isPresent() && !account.get().asked().isBefore(now);
      tell(
          key.isPresent()
              ? KeyFindings.told(key.get(), now)
              : KeyFindings.here(profile.key(), keyFile(), works, now));
      account.ifPresent(this::tellAccount);
      tellRemovals(client, account.map(AccountSeen::account).orElse(null));
    } catch (RefusedException e) {
      boolean keyRefused = e.refusal() instanceof Refusal.NotAuthenticated;
      why = keyRefused ? "the key was refused" : "the host refused";
      tell(Finding.fail(keyRefused ? "key" : "host", Sentences.of(e), Exit.next(e)));
    } catch (IOException e) {
      why = "the host did not answer";
      tell(Finding.fail("host", Sentences.of(e), Exit.next(e)));
    }
    tellRest(client, why);
  }

  /** The account; empty if it was asked for lately, or may not be asked by this key. */
  private Optional<AccountSeen> account(Client client) throws IOException {
    try {
      return Optional.of(client.accountSeen());
    } catch (RefusedException e) {
      Refusal refusal = e.refusal();
      boolean later = refusal instanceof Refusal.Flood && refusal.said().status() == 0;
      if (later && client.accountRemembered().isPresent()) {
        return client.accountRemembered();
      }
      String next =
          switch (refusal) {
            case Refusal.Flood flood when later ->
                "ask again in %d s".formatted(flood.retryAfter().toSeconds());
            case Refusal.Denied _ -> "a key with the scope \"account\" sees it";
            default -> throw e;
          };
      tell(Finding.warn("account", "not asked: " + e.getMessage(), next));
      return Optional.empty();
    }
  }

  /** By any answer; if there was none, by that to a request without the key. */
  private void tellClock(Client client) {
    try {
      tell(clock(client.compareClocks().orElse(null), "the host's answers have no date"));
    } catch (IOException e) {
      tell(Finding.unknown("clock", Sentences.of(e)));
    }
  }

  private static Finding clock(@Nullable Duration ahead, String why) {
    return ahead == null ? Finding.unknown("clock", why) : WayFindings.clock(ahead);
  }

  private void tellAccount(AccountSeen seen) {
    AccountInfo account = seen.account();
    Duration age = Duration.between(seen.asked(), now);
    String asTold =
        age.compareTo(NOTICED) < 0 ? "" : ", as told %s ago".formatted(Amount.time(age));
    tell(AccountFindings.subscription(account, now).and(asTold));
    tell(AccountFindings.quota(account).and(asTold));
    if (!isConsigne) {
      tell(AccountFindings.network(account).and(asTold));
    }
  }

  private void tellRemovals(Client client, @Nullable AccountInfo account) throws IOException {
    if (account != null && account.offer() != Offer.FREE) {
      tell(Finding.ok("removal", "files stay as long as the subscription"));
    } else if (isConsigne) {
      tell(removals(client));
    } else if (account != null) {
      tell(
          Finding.warn(
              "removal",
              "files of free accounts go when nobody downloads them for long",
              "1fichier.com does not tell which; get them in time"));
    }
  }

  private Finding removals(Client client) throws IOException {
    try {
      return AccountFindings.removals(client.files().removals(), now);
    } catch (RefusedException e) {
      return Finding.unknown("removal", Sentences.of(e));
    }
  }

  /** What has no line yet: what this machine knows of it, else why it is not known. */
  private void tellRest(Client client, String why) throws IOException {
    if (!told.contains("clock")) {
      tell(clock(client.clockAhead().orElse(null), why));
    }
    if (!told.contains("key")) {
      tell(KeyFindings.here(profile.key(), keyFile(), false, now));
    }
    if (!told.contains("subscription")) {
      client.accountRemembered().ifPresent(this::tellAccount);
    }
    for (String about : List.of("subscription", "quota", "cdn", "removal")) {
      if (!told.contains(about) && !(about.equals("cdn") && isConsigne)) {
        tell(Finding.unknown(about, why));
      }
    }
  }
}
