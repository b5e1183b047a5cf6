package io.consigne.client;

import io.consigne.client.budget.AccountMemory;
import io.consigne.client.budget.Budget;
import io.consigne.client.budget.KeyOwners;
import io.consigne.client.model.AccountInfo;
import io.consigne.client.model.AccountSeen;
import io.consigne.client.model.Capabilities;
import io.consigne.client.model.FloodState;
import io.consigne.client.model.KeyState;
import io.consigne.client.model.Limit;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.UsedUp;
import io.consigne.client.policy.BackOff;
import io.consigne.client.policy.Policy;
import io.consigne.client.transfer.Downloads;
import io.consigne.client.transfer.Host;
import io.consigne.client.transfer.Nodes;
import io.consigne.client.transfer.Turns;
import io.consigne.client.transfer.Uploads;
import io.consigne.client.transport.Transport;
import io.consigne.client.transport.WireAnswer;
import io.consigne.client.wire.AccountCalls;
import io.consigne.client.wire.Endpoint;
import io.consigne.client.wire.RateLimitFields;
import io.consigne.client.wire.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An account of 1fichier.com or of a Consigne host.
 *
 * <p>Calls block, and are made for virtual threads; any number of threads may share a client. An
 * interrupt ends a call with {@link java.io.InterruptedIOException}. Calls keep the limits of the
 * host together with all other processes of this machine, and repeat what may succeed later. They
 * throw {@link RefusedException} when the host says no, and another {@link IOException} when the
 * connection breaks or a local file cannot be used.
 *
 * {@snippet file="io/consigne/client/ExamplesTest.java" region=client}
 */
public final class Client implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  private final ClientConfig config;
  private final Transport transport;
  private final Wire wire;
  private final Budget budget;
  private final Policy policy;
  private final AccountMemory account;
  private final KeyOwners owners;
  private final Turns uploading;
  private final Turns downloading;
  private final Turns downloadingAsStranger = new Turns(1);
  private final Nodes nodes = new Nodes();
  private final ReentrantLock asking = new ReentrantLock();
  private @Nullable Capabilities capabilities;
  private volatile @Nullable Duration clockAhead;

  /**
   * A client; nothing is sent yet.
   *
   * @param config where and how
   */
  public Client(ClientConfig config) {
    this.config = config;
    Endpoint endpoint = Endpoint.of(config.url(), config.key());
    Path file = config.state().resolve(endpoint.name() + ".budget");
    this.budget = new Budget(file, config.key().fingerprint(), config.limits(), config.waiting());
    String account = endpoint.name() + "-" + config.key().fingerprint() + ".account";
    this.account = new AccountMemory(config.state().resolve(account));
    this.owners = new KeyOwners(config.state(), endpoint.name());
    this.uploading = new Turns(config.transfers().parallel());
    this.downloading = new Turns(config.transfers().downloads());
    this.transport = config.transport().get();
    this.wire = new Wire(endpoint, transport, Agent.NAME, this::observe);
    RandomGenerator random = RandomGenerator.getDefault();
    this.policy =
        new Policy(wire, budget, config.waiting(), new BackOff(FIRST_PAUSE, LONGEST_PAUSE, random));
  }

  private void observe(WireAnswer answer) throws IOException {
    answer.header("Date").ifPresent(this::readClock);
    for (UsedUp limit : RateLimitFields.usedUp(answer)) {
      budget.close(limit);
    }
  }

  private void readClock(String date) {
    try {
      Instant there = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
      clockAhead = Duration.between(there, config.waiting().timing().now());
    } catch (DateTimeException e) {
      // A host that does not know the time tells nothing about ours.
    }
  }

  /**
   * {@return how much the clock here is ahead of the host's, by its last answer; empty before that}
   */
  public Optional<Duration> clockAhead() {
    return Optional.ofNullable(clockAhead);
  }

  /**
   * {@return how much the clock here is ahead of the host's; empty if the host tells no date} If
   * nothing was answered yet, its front page is asked for, without the key.
   *
   * @throws IOException if the host refuses or cannot be reached
   */
  public Optional<Duration> compareClocks() throws IOException {
    if (clockAhead == null) {
      policy.once(wire::knock);
    }
    return clockAhead();
  }

  /**
   * {@return what this machine remembers of the account, however old it is; empty for nothing}
   * Nothing is sent.
   */
  public Optional<AccountSeen> accountRemembered() {
    return account.read();
  }

  /**
   * {@return what this machine remembers of flood answers of the host} Nothing is sent.
   *
   * @throws IOException if what is remembered cannot be read or written
   */
  public FloodState flood() throws IOException {
    return budget.flood();
  }

  /**
   * {@return what the host says of the key; empty where hosts do not tell, as 1fichier.com} By
   * {@code key/verify.cgi}.
   *
   * @throws IOException if the host refuses or cannot be reached
   */
  public Optional<KeyState> key() throws IOException {
    return capabilities().consigne() ? Optional.of(policy.repeat(wire::key)) : Optional.empty();
  }

  /**
   * {@return the account, as {@link #accountSeen} tells it}
   *
   * @throws IOException if the host refuses or cannot be reached
   */
  public AccountInfo account() throws IOException {
    return accountSeen().account();
  }

  /**
   * {@return the account, and when that was told} 1fichier.com wants to be asked once in five
   * minutes; until then the last answer is given again, also one that another process of this
   * machine got. So it is where a host wants no more such calls for now. By {@code user/info.cgi}.
   *
   * @throws IOException if the host refuses or cannot be reached
   */
  public AccountSeen accountSeen() throws IOException {
    asking.lock();
    try {
      Duration kept = accountKept();
      Instant now = config.waiting().timing().now();
      Optional<AccountSeen> known =
          account
              .read()
              .filter(seen -> now.isBefore(seen.asked().plus(kept)) && !now.isBefore(seen.asked()));
      if (known.isPresent()) {
        return known.get();
      }
      AccountInfo told = policy.run(AccountCalls.info());
      var seen = new AccountSeen(told, config.waiting().timing().now());
      if (accountKept().isPositive()) {
        account.write(seen);
      }
      return seen;
    } finally {
      asking.unlock();
    }
  }

  /**
   * Remembers on this machine whose account this key opens, if it opens all of it: what other keys
   * of that account left here serves this one, too. A restricted key may tell its account as well,
   * and is not for all of it, so a Consigne host is asked what the key is for, by {@code
   * key/verify.cgi}; at a host that does not tell, each key stands for itself.
   *
   * @param told the account
   * @throws IOException if the host cannot be reached
   */
  public void rememberOwner(AccountInfo told) throws IOException {
    String key = config.key().fingerprint();
    if (!told.email().isEmpty() && !owners.isKnown(key, told.email()) && opensAll()) {
      owners.remember(key, told.email());
    }
  }

  /**
   * Keys of 1fichier.com do. Another host that does not tell may be a Consigne host behind
   * something that hides its answer.
   */
  private boolean opensAll() throws IOException {
    try {
      return config.isOneFichier() || key().map(KeyState::isMaster).orElse(false);
    } catch (RefusedException e) {
      return false;
    }
  }

  /**
   * {@return the fingerprints of other keys that open all of the same account, as this one does, as
   * far as this machine remembers by {@link #rememberOwner}} Nothing is sent.
   */
  public List<String> keysOfSameAccount() {
    return owners.alike(config.key().fingerprint());
  }

  /** How long what was told of the account is told again, so that the host is not asked. */
  private Duration accountKept() throws IOException {
    return budget.closedFor(Limit.ACCOUNT).isPositive()
        ? Limit.ACCOUNT.interval()
        : config.limits().intervals().getOrDefault(Limit.ACCOUNT, Duration.ZERO);
  }

  /**
   * {@return what the host offers beyond 1fichier.com, which is not asked} Asked once. By {@code
   * capabilities.cgi}.
   *
   * @throws IOException if the host refuses or cannot be reached; a host that does not know the
   *     question offers nothing more
   */
  public Capabilities capabilities() throws IOException {
    asking.lock();
    try {
      Capabilities known = capabilities;
      if (known == null) {
        known = config.isOneFichier() ? Capabilities.NONE : askCapabilities();
        capabilities = known;
      }
      return known;
    } finally {
      asking.unlock();
    }
  }

  /** A host that does not know the question offers nothing more; one that refuses the key may. */
  private Capabilities askCapabilities() throws IOException {
    try {
      return policy.run(AccountCalls.capabilities());
    } catch (RefusedException e) {
      return switch (e.refusal()) {
        case Refusal.Denied denied when denied.said().text().contains("this key") -> throw e;
        case Refusal.NotFound _,
            Refusal.NotOffered _,
            Refusal.Invalid _,
            Refusal.Denied _,
            Refusal.Unknown _ ->
            Capabilities.NONE;
        default -> throw e;
      };
    }
  }

  /**
   * Lists, moves, changes and removes files.
   *
   * @return calls about files
   */
  public RemoteFiles files() {
    return new RemoteFiles(policy, this::capabilities);
  }

  /**
   * Lists, makes, shares, moves and removes folders.
   *
   * @return calls about folders
   * @throws IOException if it cannot be found out what the host offers
   */
  public RemoteFolders folders() throws IOException {
    return new RemoteFolders(policy, capabilities());
  }

  /** {@return what needs no key: public folders, their files, and whether links are alive} */
  public PublicLinks links() {
    Downloads downloads =
        Downloads.ofStranger(
            host(Capabilities.NONE), config.transfers(), downloadingAsStranger, nodes);
    return new PublicLinks(policy, wire, downloads);
  }

  /**
   * Has the host fetch files from elsewhere.
   *
   * @return calls about fetches
   */
  public RemoteUploads remoteUploads() {
    return new RemoteUploads(policy, this::capabilities, config.waiting());
  }

  /**
   * Has the host tell addresses what happens to the account.
   *
   * @return calls about webhooks
   */
  public Webhooks webhooks() {
    return new Webhooks(policy, this::capabilities, config.waiting());
  }

  /**
   * Sends files. All uploads of a client together make so many requests at once as it may.
   *
   * @return what sends
   * @throws IOException if it cannot be found out what the host offers
   */
  public Uploads uploads() throws IOException {
    return new Uploads(host(capabilities()), config.transfers(), uploading);
  }

  /**
   * Fetches files. All downloads of a client together have so many requests open as it may.
   *
   * @return what fetches
   * @throws IOException if it cannot be found out what the host offers
   */
  public Downloads downloads() throws IOException {
    return new Downloads(host(capabilities()), config.transfers(), downloading, nodes);
  }

  private Host host(Capabilities offered) {
    return new Host(policy, wire, offered, config.waiting().timing(), RandomGenerator.getDefault());
  }

  @Override
  public void close() {
    transport.close();
  }
}
