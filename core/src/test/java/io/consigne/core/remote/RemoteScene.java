package io.consigne.core.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.Choices;
import io.consigne.core.Domain;
import io.consigne.core.UsualChoices;
import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Plan;
import io.consigne.core.blobs.Contents;
import io.consigne.core.blobs.DiskBlobs;
import io.consigne.core.blobs.StoreId;
import io.consigne.core.blobs.StoredBytes;
import io.consigne.core.db.Database;
import io.consigne.core.db.TestDatabases;
import io.consigne.core.ids.LinkId;
import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.limits.LimitTable;
import io.consigne.core.links.Countries;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.testing.TestClock;
import io.consigne.core.testing.TestHost;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.StoredFile;
import io.consigne.core.uploads.Dedupe;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A host that fetches from scripted sources, and that can be started again. */
final class RemoteScene implements AutoCloseable {
  static final RemoteLimits QUICK =
      new RemoteLimits(
          RemoteLimits.DEFAULT.asking(),
          new RemoteLimits.History(1_000, Duration.ofDays(30), 2),
          new RemoteLimits.Retries(
              3, 2, RemoteLimits.DEFAULT.retries().pauses(), Duration.ofDays(2)),
          new RemoteLimits.Beats(
              Duration.ofMillis(50), Duration.ofMinutes(1), Duration.ofMillis(20)),
          new RemoteLimits.Receiving(
              64 << 10,
              256 << 10,
              1 << 10,
              1 << 20,
              new RemoteLimits.Checkpoints(256 << 10, Duration.ofMinutes(1))),
          new RemoteLimits.Turn(64 << 10, Duration.ofMillis(100), 2),
          new RemoteLimits.Places(Duration.ofMillis(50), Duration.ofMinutes(10), 10 << 20));

  static final String URL = "https://source.example.org/a/file.bin";

  final ScriptedSources sources = new ScriptedSources();
  final TestClock clock = new TestClock();
  final SecureRandom random = new SecureRandom();
  private final Path directory;
  private final Supplier<Database> place;
  private final RemoteLimits limits;
  private int atOnce;
  OutageDatabase database;
  DiskBlobs blobs;
  Domain domain;

  RemoteScene(TestDatabases.Kind kind, Path directory) {
    this(kind, directory, 20);
  }

  RemoteScene(TestDatabases.Kind kind, Path directory, int atOnce) {
    this(kind, directory, atOnce, QUICK);
  }

  RemoteScene(TestDatabases.Kind kind, Path directory, int atOnce, RemoteLimits limits) {
    this.limits = limits;
    this.directory = directory;
    this.atOnce = atOnce;
    place = kind.at(directory);
    database = new OutageDatabase(place.get());
    blobs = new DiskBlobs(directory.resolve("blobs"), random);
    StoreId.check(database, directory.resolve("blobs"), random);
    domain = opened();
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
                LimitPolicy.of(LimitTable.DEFAULT),
                true,
                UsualChoices.KEEPING,
                new Choices.Fetching(sources, atOnce, limits),
                UsualChoices.UNTOLD));
    made.start();
    return made;
  }

  /** Stops the host and starts it again. */
  void restart() {
    stop();
    start();
  }

  /** Starts the host again as one that fetches nothing. */
  void restartWithoutFetches() {
    atOnce = 0;
    restart();
  }

  void stop() {
    domain.close();
    blobs.close();
    database.close();
  }

  /** Does something to the database of a host that was stopped. */
  void whileStopped(Consumer<Database> work) {
    try (Database stopped = place.get()) {
      work.accept(stopped);
    }
  }

  void start() {
    database = new OutageDatabase(place.get());
    blobs = new DiskBlobs(directory.resolve("blobs"), random);
    domain = opened();
  }

  RemoteRequests requests() {
    return domain.remote().requests();
  }

  Access account(Plan plan) {
    Account made = domain.accounts().add(TestHost.newEmail(), plan, null);
    return Access.full(made.id(), plan, made.root(), null).from(TestHost.CALLER);
  }

  static Wish wish(String... urls) {
    return wish(FolderRef.ROOT, SourceHeaders.NONE, urls);
  }

  static Wish wish(FolderRef folder, SourceHeaders headers, String... urls) {
    return new Wish(
        Arrays.stream(urls).map(url -> Wish.Item.parse(url, Set.of("here.example.org"))).toList(),
        headers,
        folder);
  }

  long add(Access access, String... urls) {
    return requests().add(access, wish(urls)).id();
  }

  /** The only fetch of a request. */
  FetchInfo fetch(Access access, long request) {
    List<FetchInfo> all = requests().get(access, request).fetches();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  /** Waits until the only fetch of a request is in that state. */
  FetchInfo await(Access access, long request, FetchState state) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> fetch(access, request).state() == state);
    return fetch(access, request);
  }

  /** Waits until every fetch of a request has ended. */
  List<FetchInfo> awaitEnd(Access access, long request) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> requests().get(access, request).request().ended().isPresent());
    return requests().get(access, request).fetches();
  }

  /** Waits until a try failed and the next is waited for. */
  FetchInfo awaitFailedTry(Access access, long request, long attempts) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> {
          FetchInfo info = fetch(access, request);
          return info.state() == FetchState.QUEUED && info.attempts() == attempts;
        });
    return fetch(access, request);
  }

  /** Waits until it was said of a running request how far it is. */
  void awaitBeat(long request) {
    clock.advance(Duration.ofMillis(1));
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .until(() ->
            number(
                    "SELECT COUNT(*) FROM remote_fetches WHERE request_id = ? AND beat_at = ?",
                    request,
                    clock.instant())
                > 0);
  }

  /** Waits until nothing runs. */
  void awaitRest() {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> domain.remote().running() == 0);
  }

  StoredFile file(Access access, LinkId link) {
    return domain.files().get(access, FileRef.of(link)).file();
  }

  byte[] read(Access access, @Nullable LinkId link) {
    StoredFile file = file(access, Objects.requireNonNull(link));
    return StoredBytes.readAll(
        blobs, database.read(sql -> new Contents(clock).segments(sql, file.content())));
  }

  long used(Access access) {
    return domain.accounts().get(access.account()).usedBytes();
  }

  long reserved(Access access) {
    return number("SELECT reserved_bytes FROM accounts WHERE id = ?", access.account().value());
  }

  long files(Access access) {
    return number(
        "SELECT COUNT(*) FROM files WHERE account_id = ? AND removed_at IS NULL",
        access.account().value());
  }

  long number(String statement, @Nullable Object... arguments) {
    return database.<Long>read(sql -> sql.number(statement, arguments));
  }

  static byte[] bytes(int seed, int length) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Override
  public void close() {
    stop();
  }
}
