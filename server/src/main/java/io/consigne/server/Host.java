package io.consigne.server;

import io.consigne.core.Choices;
import io.consigne.core.Domain;
import io.consigne.core.HostLimits;
import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.FirstKey;
import io.consigne.core.accounts.Passwords;
import io.consigne.core.accounts.Plan;
import io.consigne.core.audit.Audit;
import io.consigne.core.audit.AuditLimits;
import io.consigne.core.blobs.Contents;
import io.consigne.core.blobs.DatabaseAge;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.blobs.StoreId;
import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import io.consigne.core.hooks.HookLimits;
import io.consigne.core.jobs.Background;
import io.consigne.core.keys.ApiKey;
import io.consigne.core.keys.Keys;
import io.consigne.core.limits.FloodLimits;
import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.limits.LimitTable;
import io.consigne.core.links.Countries;
import io.consigne.core.links.CountryTable;
import io.consigne.core.remote.RemoteLimits;
import io.consigne.core.remote.source.FetchLimits;
import io.consigne.core.remote.source.FetchPolicy;
import io.consigne.core.remote.source.LinkSources;
import io.consigne.core.remote.source.OpenSources;
import io.consigne.core.retention.Retention;
import io.consigne.core.tree.AccountRemoval;
import io.consigne.core.tree.FileEntry;
import io.consigne.core.tree.StoredFiles;
import io.consigne.core.upkeep.HostFiles;
import io.consigne.core.upkeep.PutBack;
import io.consigne.core.upkeep.Upkeep;
import io.consigne.server.admin.AdminSocket;
import io.consigne.server.admin.Administration;
import io.consigne.server.admin.FileFaults;
import io.consigne.server.admin.UpkeepRequests;
import io.consigne.server.config.HostConfig;
import io.consigne.server.http.Forwarding;
import io.consigne.server.http.HttpLimits;
import io.consigne.server.http.Listener;
import io.consigne.server.http.ListenerConfig;
import io.consigne.server.http.Origin;
import io.consigne.server.http.Tls;
import io.consigne.server.mail.MailServer;
import io.consigne.server.mail.PasswordFile;
import io.consigne.server.mail.SmtpMails;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running host: makes, wires and routes everything, and takes it apart again in order. */
public final class Host implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Host.class);
  private static final InstantSource CLOCK = InstantSource.system();

  /** How often it is looked for certificates that were renewed. */
  private static final Duration LOOK = Duration.ofMinutes(1);

  private final HostConfig config;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final CompletableFuture<@Nullable Void> broken = new CompletableFuture<>();
  private final Domain domain;
  private final HostTls tls;
  private final CertificateEnd certificateEnd = new CertificateEnd();

  /** Why the certificate was not renewed when it was looked for last; empty if it could be. */
  private volatile String tlsTrouble = "";

  private final Listener listener;
  private final FirstKey unseen;
  private final FirstStart.Key firstKey;

  private Host(HostConfig config, DataDirectory directory) throws IOException {
    this.config = config;
    HostFiles files = directory.files();
    open.push(directory);
    try {
      Database database = opened(database(config.storage(), files, () -> broken.complete(null)));
      var random = new SecureRandom();
      var blobs = opened(new DiskBlobs(files.blobs(), random));
      StoreId.check(database, files.blobs(), random);
      DatabaseAge age = opened(DatabaseAge.check(database, files.blobs()));
      if (age.wasPutBack()) {
        PutBack.forgetWhatIsPast(database);
      }
      domain = opened(new Domain(database, blobs, CLOCK, random, choices()));
      unseen = new FirstKey(database);
      FirstStart firstStart = opened(new FirstStart(domain, unseen));
      firstKey = firstStart.run(config.keyFile());
      Access guests = guests(domain.accounts());
      domain.start();
      raise(age, opened(new Background()));
      tls = HostTls.of(config.web(), files.tls(), CLOCK);
      var fronts = Fronts.of(domain, guests, config.rules().countryDb() != null);
      listener = Listener.start(listening(), fronts, fronts::fallback);
      open.push(listener);
      if (tls.tls() != null) {
        tellOfEnd();
        opened(new Background()).everyLater(LOOK, "Looking for certificates", this::renewTls);
      }
      opened(
          AdminSocket.listen(
              directory.adminSocket(),
              administration(domain),
              new UpkeepRequests(domain.upkeep(), files)));
      firstStart.keep();
      scrub(domain.upkeep());
    } catch (IOException | RuntimeException | Error e) {
      closeAll();
      throw e;
    }
  }

  /**
   * Starts a host, and gives it its first account if it is new.
   *
   * @throws IOException if it cannot start, in one sentence
   */
  public static Host start(HostConfig config) throws IOException {
    Path data = config.storage().data();
    return new Host(
        config,
        DataDirectory.lock(data)
            .orElseThrow(() ->
                new IOException(
                    "Another host runs in %s: one serves a directory at a time".formatted(data))));
  }

  private <T extends AutoCloseable> T opened(T resource) {
    open.push(resource);
    return resource;
  }

  private static Database database(HostConfig.Storage storage, HostFiles files, Runnable stopped) {
    return storage.db() == null
        ? Databases.sparingSqlite(files.database(), stopped)
        : Databases.postgres(storage.db());
  }

  private void raise(DatabaseAge age, Background background) {
    String what = "age of the database";
    background.every(HostLimits.AGE_PAUSE, what, age::raise);
    background.every(HostLimits.AGE_LOOK, what, () -> age.raiseAfter(domain.contents().entered()));
  }

  private void tellOfEnd() {
    Tls shown = Objects.requireNonNull(tls.tls());
    certificateEnd.sentence(shown.begin(), shown.end(), CLOCK.instant()).ifPresent(LOG::warn);
  }

  /** A certificate lives for weeks, and the host for years. */
  private void renewTls() {
    try {
      if (tls.renew(listener::renew)) {
        Tls renewed = Objects.requireNonNull(tls.tls());
        LOG.info("The certificate was renewed; it holds until {}", renewed.end());
      }
      tlsTrouble = "";
    } catch (IOException e) {
      String trouble = FileFaults.sentence(e);
      if (!trouble.equals(tlsTrouble)) {
        LOG.warn("The old certificate stays in use: {}", trouble);
      }
      tlsTrouble = trouble;
    }
    tellOfEnd();
  }

  private void scrub(Upkeep upkeep) {
    HostConfig.Scrubbing scrub = config.storage().scrub();
    if (scrub.every().isPositive()) {
      upkeep.scrubEvery(scrub.every(), scrub.bytesPerSecond());
    }
  }

  private Choices choices() throws IOException {
    Path table = config.rules().countryDb();
    HostConfig.Fetches fetches = config.rules().fetches();
    FetchPolicy policy = policy(fetches);
    var sources = opened(new OpenSources(policy));
    return new Choices(
        table == null ? Countries.NONE : CountryTable.read(table),
        config.storage().dedupe(),
        limits(),
        config.rules().watch().defender(),
        new Choices.Keeping(
            config.rules().keeping().retention(), config.rules().keeping().auditKeep()),
        new Choices.Fetching(new LinkSources(sources), fetches.atOnce(), RemoteLimits.DEFAULT),
        new Choices.Outside(policy, sources, fetches.webhooks(), HookLimits.DEFAULT, letterbox()));
  }

  private Choices.Letterbox letterbox() throws IOException {
    HostConfig.Mail mail = config.rules().mail();
    URI origin = config.web().publicUrl();
    if (mail == null) {
      return Choices.Letterbox.NONE;
    }
    Path file = mail.passwordFile();
    String password = file == null ? null : PasswordFile.read(file);
    var server = new MailServer(mail.server(), mail.from(), mail.user(), password);
    return new Choices.Letterbox(
        new SmtpMails(server, CLOCK), origin == null ? null : origin.toString());
  }

  private static FetchPolicy policy(HostConfig.Fetches chosen) {
    FetchLimits usual = FetchLimits.DEFAULT;
    FetchLimits limits = chosen.ports().isEmpty() ? usual : usual.with(chosen.ports());
    return new FetchPolicy(limits.withImplicit(chosen.implicitFtps()), chosen.allowed());
  }

  private LimitPolicy limits() {
    if (!config.rules().limits()) {
      return LimitPolicy.OFF;
    }
    LimitPolicy policy = LimitPolicy.of(LimitTable.DEFAULT);
    return switch (config.rules().watch().floodStyle()) {
      case WAIT -> policy;
      case LOCK -> policy.with(FloodLimits.DEFAULT);
    };
  }

  private @Nullable Access guests(Accounts accounts) {
    if (!config.rules().guests()) {
      return null;
    }
    Account account =
        accounts
            .find(Accounts.GUESTS)
            .orElseGet(() -> accounts.add(Accounts.GUESTS, Plan.GUEST, null));
    return Access.full(account.id(), account.plan(), account.root(), null);
  }

  private ListenerConfig listening() throws IOException {
    HostConfig.Web web = config.web();
    Origin publicUrl = web.publicUrl() == null ? null : Origin.parse(web.publicUrl().toString());
    return new ListenerConfig(
        web.listen().resolve(),
        tls.tls(),
        new Forwarding(
            publicUrl,
            address -> web.trustedProxies().stream().anyMatch(block -> block.contains(address))),
        HttpLimits.DEFAULTS);
  }

  /** Administration of a host whose domain runs. */
  private static Administration administration(Domain domain) {
    return new Administration(
        domain.accounts(),
        domain.keys(),
        domain.passwords(),
        domain.audit(),
        new Administration.Removals(domain.removal(), domain.retention()));
  }

  /** Administration of a host that does not run, over its database. */
  public static Administration administration(Database database) {
    var random = new SecureRandom();
    var contents = new Contents(CLOCK);
    var files = new StoredFiles(database, contents, new FileEntry(CLOCK, random), CLOCK);
    return new Administration(
        new Accounts(database, CLOCK),
        new Keys(database, CLOCK, random),
        new Passwords(random, 1),
        new Audit(database, CLOCK, AuditLimits.DEFAULT),
        new Administration.Removals(
            new AccountRemoval(database, contents, CLOCK), new Retention(database, files, CLOCK)));
  }

  /** Runs {@code task} on a thread of its own once nothing can be written any more. */
  public void onceBroken(Runnable task) {
    var _ = broken.thenRunAsync(task, Thread.ofPlatform().name("broken")::start);
  }

  /** The port that is listened on. */
  public int port() {
    return listener.port();
  }

  /** How the host is reached from this machine. */
  public String url() {
    String host = config.web().listen().host();
    String shown = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
    return (tls.tls() == null ? "http://" : "https://")
        + (shown.contains(":") ? "[" + shown + "]" : shown)
        + ":"
        + port();
  }

  /** The file of the private CA, if the host made one. */
  public Optional<Path> authority() {
    return tls.authority();
  }

  /** The key of the account {@code admin}, if this start made it and it is to be shown. */
  public Optional<ApiKey> firstKey() {
    return Optional.ofNullable(firstKey.shownOrNull());
  }

  /** The key of the account {@code admin} was shown: no later start does so. */
  public void firstKeyWasShown() {
    unseen.end();
  }

  /** The file with the key of the account {@code admin}, if this start made it. */
  public Optional<Path> firstKeyFile() {
    return Optional.ofNullable(firstKey.fileOrNull());
  }

  /** Lets running transfers end within the grace time, then stops. */
  @Override
  public void close() {
    domain.transfers().hurry();
    if (!listener.stop(config.web().stopGrace())) {
      LOG.warn("Transfers were cut off after {}", config.web().stopGrace());
    }
    closeAll();
  }

  private void closeAll() {
    while (!open.isEmpty()) {
      AutoCloseable resource = open.pop();
      try {
        resource.close();
      } catch (Exception e) {
        LOG.error("{} could not be closed", resource.getClass().getSimpleName(), e);
      }
    }
  }
}
