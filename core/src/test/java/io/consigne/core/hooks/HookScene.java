package io.consigne.core.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.consigne.core.Choices;
import io.consigne.core.Domain;
import io.consigne.core.UsualChoices;
import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.blobs.StoreId;
import io.consigne.core.db.Database;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.Cidr;
import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.links.Countries;
import io.consigne.core.remote.RemoteLimits;
import io.consigne.core.remote.Wish;
import io.consigne.core.remote.source.FetchLimits;
import io.consigne.core.remote.source.FetchPolicy;
import io.consigne.core.remote.source.Fetched;
import io.consigne.core.remote.source.OpenSources;
import io.consigne.core.remote.source.SourceException;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.remote.source.SourceRequest;
import io.consigne.core.remote.source.SourceUrl;
import io.consigne.core.testing.TestClock;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.uploads.Dedupe;
import io.consigne.core.uploads.Incoming;
import io.consigne.core.uploads.Sender;
import io.consigne.core.uploads.Upload;
import io.consigne.core.uploads.UploadForm;
import io.consigne.core.uploads.UploadReport;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A host with webhooks that tells receivers on this machine, and that can be started again. */
final class HookScene implements AutoCloseable {
  static final HookLimits QUICK =
      new HookLimits(
          new HookLimits.Owned(3, 200, 1_000, 1_000, Duration.ofDays(30)),
          new HookLimits.Sending(8, Duration.ofMinutes(5), Duration.ofMillis(10)),
          new HookLimits.Retries(
              4, Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofDays(2)),
          new HookLimits.Resting(Duration.ofSeconds(2), Duration.ofSeconds(10)));

  /**
   * What {@link #trim} leaves. The host itself, which trims when it has started and time for it,
   * leaves more than any test has.
   */
  static final HookLimits.Owned FEW = new HookLimits.Owned(3, 200, 4, 5, Duration.ofDays(30));

  /** Where receivers may be. */
  static final String ALLOWED = "127.0.0.2";

  final TestClock clock = new TestClock();
  final SecureRandom random = new SecureRandom();

  /** How often nobody is even asked where the next receivers are. */
  final AtomicInteger crowded = new AtomicInteger();

  private final Path directory;
  private final Supplier<Database> place;
  private final int port;
  private OpenSources sources;
  private DiskBlobs blobs;
  Database database;
  Domain domain;

  /** With receivers at that port alone. */
  HookScene(TestDatabases.Kind kind, Path directory, int port) {
    this.directory = directory;
    this.port = port;
    place = kind.at(directory);
    database = place.get();
    blobs = new DiskBlobs(directory.resolve("blobs"), random);
    StoreId.check(database, directory.resolve("blobs"), random);
    sources = new OpenSources(policy());
    domain = opened();
  }

  private FetchPolicy policy() {
    return new FetchPolicy(
        FetchLimits.DEFAULT.with(Set.of(port, 443)), List.of(Cidr.parse(ALLOWED)));
  }

  private int post(AccountId asker, SourceUrl url, SourceHeaders headers, byte[] json)
      throws SourceException {
    if (crowded.getAndUpdate(times -> Math.max(0, times - 1)) > 0) {
      throw new SourceException(SourceException.Reason.CROWDED, "Too many other names");
    }
    return sources.post(asker, url, headers, json);
  }

  private Domain opened() {
    var made =
        new Domain(
            database,
            blobs,
            clock,
            random,
            new Choices(
                Countries.NONE,
                Dedupe.ACCOUNT,
                LimitPolicy.OFF,
                true,
                UsualChoices.KEEPING,
                new Choices.Fetching(HookScene::source, 2, RemoteLimits.DEFAULT),
                new Choices.Outside(policy(), this::post, true, QUICK, Choices.Letterbox.NONE)));
    made.start();
    return made;
  }

  void stop() {
    domain.close();
    sources.close();
    blobs.close();
    database.close();
  }

  void start() {
    database = place.get();
    blobs = new DiskBlobs(directory.resolve("blobs"), random);
    sources = new OpenSources(policy());
    domain = opened();
  }

  /** Sources have what their address says, or nothing if it says {@code missing}. */
  private static Fetched source(SourceRequest request) throws SourceException {
    String url = request.url().text();
    if (url.contains("missing")) {
      throw new SourceException(SourceException.Reason.REFUSED, "There is no such file");
    }
    return new Source(url);
  }

  private record Source(String text) implements Fetched {
    @Override
    public InputStream body() {
      return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    @Override
    public OptionalLong length() {
      return OptionalLong.of(text.length());
    }

    @Override
    public long offset() {
      return 0;
    }

    @Override
    public boolean isReady() {
      return false;
    }

    @Override
    public Optional<String> fileName() {
      return Optional.of("fetched.txt");
    }

    @Override
    public Optional<String> validator() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  Access account(Plan plan) {
    Account made = domain.accounts().add(TestHost.newEmail(), plan, null);
    return Access.full(made.id(), plan, made.root(), null).from(TestHost.CALLER);
  }

  Webhooks webhooks() {
    return domain.hooks().webhooks();
  }

  Webhooks.Made add(Access access, Receiver receiver, String... events) {
    return webhooks().add(access, receiver.url(), List.of(events));
  }

  /** Keeps the rows of messages within {@link #FEW}. */
  void trim() {
    var limits = new HookLimits(FEW, QUICK.sending(), QUICK.retries(), QUICK.resting());
    new MessageLog(database, clock, limits).trim();
  }

  String email(Access access) {
    return database.read(sql ->
        sql.first(
                "SELECT email FROM accounts WHERE id = ?",
                row -> row.text("email"),
                access.account().value())
            .orElseThrow());
  }

  UploadReport upload(Access access, String name, String text) {
    return upload(access, FolderRef.ROOT, name, text);
  }

  UploadReport upload(Access access, FolderRef folder, String name, String text) {
    try (Upload upload = domain.uploads().begin(Sender.identified(access))) {
      Incoming file = upload.file(name, null);
      file.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
      file.end();
      return upload.commit(new UploadForm(folder, 0, null, null));
    }
  }

  long fetch(Access access, String url) {
    return fetch(access, FolderRef.ROOT, url);
  }

  long fetch(Access access, FolderRef folder, String... urls) {
    List<Wish.Item> items =
        Arrays.stream(urls).map(url -> Wish.Item.parse(url, Set.of("here.example.org"))).toList();
    var wish = new Wish(items, SourceHeaders.NONE, folder);
    return domain.remote().requests().add(access, wish).id();
  }

  List<Delivery> log(Access access) {
    return webhooks().log(access, null, null, 100);
  }

  /** Waits until the newest message is in that state, after so many tries. */
  Delivery await(Access access, String state, long attempts) {
    until(() -> {
      List<Delivery> log = log(access);
      return !log.isEmpty()
          && log.getFirst().state().equals(state)
          && log.getFirst().attempts() == attempts;
    });
    return log(access).getFirst();
  }

  /** Waits until a receiver was told so much. */
  List<Receiver.Post> await(Receiver receiver, int posts) {
    until(() -> receiver.posts().size() >= posts);
    return receiver.posts();
  }

  static void until(Callable<Boolean> condition) {
    Awaitility.await().pollInterval(Duration.ofMillis(5)).until(condition);
  }

  /** Lets the longest pause after so many tries pass. */
  void pass(long attempts) {
    clock.advance(Duration.ofSeconds(10L << (attempts - 1)));
  }

  long number(String statement, @Nullable Object... arguments) {
    return database.<Long>read(sql -> sql.number(statement, arguments));
  }

  @Override
  public void close() {
    stop();
  }
}
