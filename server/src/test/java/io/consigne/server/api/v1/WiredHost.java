package io.consigne.server.api.v1;

import io.consigne.core.Choices;
import io.consigne.core.Domain;
import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import io.consigne.core.hooks.HookLimits;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.Caller;
import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.links.Countries;
import io.consigne.core.remote.RemoteLimits;
import io.consigne.core.remote.source.FetchPolicy;
import io.consigne.core.remote.source.Fetched;
import io.consigne.core.remote.source.SourceException;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.remote.source.SourceRequest;
import io.consigne.core.remote.source.SourceUrl;
import io.consigne.core.uploads.Dedupe;
import io.consigne.server.ServedFronts;
import io.consigne.server.UsualChoices;
import io.consigne.server.http.Forwarding;
import io.consigne.server.http.HttpLimits;
import io.consigne.server.http.Listener;
import io.consigne.server.http.ListenerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A host in this process, whose inside a test sees while it calls it over HTTP. */
final class WiredHost implements AutoCloseable {
  static final String PASSWORD = "open sesame";

  private final Path blobs;
  private final Database database;
  private final Domain domain;
  private final ServedFronts fronts;
  private final Listener listener;
  private final Map<String, String> keys = new HashMap<>();

  WiredHost(Path folder) throws IOException {
    this(folder, HttpLimits.DEFAULTS, false);
  }

  /** With a clock that a test moves. */
  WiredHost(Path folder, InstantSource clock) throws IOException {
    this(folder, HttpLimits.DEFAULTS, false, new Ways(LimitPolicy.OFF, false, clock));
  }

  /** With the limits of plans; who guesses is not slowed. */
  WiredHost(Path folder, LimitPolicy policy) throws IOException {
    this(folder, HttpLimits.DEFAULTS, false, new Ways(policy, false, InstantSource.system()));
  }

  /** With limits for clients, and those of plans. */
  WiredHost(Path folder, HttpLimits limits, LimitPolicy policy) throws IOException {
    this(folder, limits, false, new Ways(policy, false, InstantSource.system()));
  }

  /** With limits for clients, and perhaps for guests, too; who guesses is not slowed. */
  WiredHost(Path folder, HttpLimits limits, boolean guests) throws IOException {
    this(folder, limits, guests, new Ways(LimitPolicy.OFF, false, InstantSource.system()));
  }

  /** With the defender that every host has. */
  static WiredHost defended(Path folder) throws IOException {
    var ways = new Ways(LimitPolicy.OFF, true, InstantSource.system());
    return new WiredHost(folder, HttpLimits.DEFAULTS, false, ways);
  }

  /** How the host goes about clients, and with time. */
  private record Ways(LimitPolicy policy, boolean defender, InstantSource clock) {}

  private WiredHost(Path folder, HttpLimits limits, boolean guests, Ways ways) throws IOException {
    var random = new SecureRandom();
    blobs = folder.resolve("blobs");
    database = Databases.sqlite(folder.resolve("consigne.db"));
    domain =
        new Domain(
            database,
            new DiskBlobs(blobs, random),
            ways.clock(),
            random,
            new Choices(
                Countries.NONE,
                Dedupe.ACCOUNT,
                ways.policy(),
                ways.defender(),
                UsualChoices.KEEPING,
                new Choices.Fetching(WiredHost::waitForEver, 1, RemoteLimits.DEFAULT),
                new Choices.Outside(
                    FetchPolicy.DEFAULT,
                    WiredHost::post,
                    true,
                    HookLimits.DEFAULT,
                    Choices.Letterbox.NONE)));
    domain.start();
    fronts = new ServedFronts(domain, guests ? guests() : null);
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    listener = fronts.listen(new ListenerConfig(address, null, Forwarding.none(), limits));
  }

  /** Receivers that take whatever they are told. */
  private static int post(AccountId asker, SourceUrl url, SourceHeaders headers, byte[] json) {
    return 200;
  }

  private static Fetched waitForEver(SourceRequest request) throws SourceException {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new SourceException(SourceException.Reason.STOPPED, "It was stopped");
  }

  private Access guests() {
    Account guests = domain.accounts().add(Accounts.GUESTS, Plan.GUEST, null);
    return Access.full(guests.id(), guests.plan(), guests.root(), null);
  }

  /** A new account with a key and the password {@link #PASSWORD}. */
  Access account(String email) {
    Account account = domain.accounts().add(email, Plan.PREMIUM, domain.passwords().hash(PASSWORD));
    String key = domain.keys().regenerate(account.id()).reveal();
    keys.put(email, key);
    return domain
        .keyLogins()
        .open(key, new Caller(InetAddress.getLoopbackAddress(), "test/1"))
        .orElseThrow();
  }

  /** The key of an account that was made here. */
  String key(String email) {
    return Objects.requireNonNull(keys.get(email));
  }

  /** The header with that key. */
  String bearer(String email) {
    return "Authorization: Bearer " + key(email) + "|";
  }

  Domain domain() {
    return domain;
  }

  Database database() {
    return database;
  }

  ServedFronts fronts() {
    return fronts;
  }

  int port() {
    return listener.port();
  }

  /** How many files the store has. */
  long storeFiles() {
    try (Stream<Path> all = Files.walk(blobs)) {
      return all.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    listener.close();
    domain.close();
    database.close();
  }
}
