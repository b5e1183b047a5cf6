package io.consigne.bench;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Plan;
import io.consigne.core.audit.Audit;
import io.consigne.core.audit.AuditLimits;
import io.consigne.core.db.Database;
import io.consigne.core.db.Databases;
import io.consigne.core.defense.Defender;
import io.consigne.core.defense.DefenderLimits;
import io.consigne.core.ids.Caller;
import io.consigne.core.keys.KeyLogin;
import io.consigne.core.keys.Keys;
import io.consigne.core.limits.Admission;
import io.consigne.core.limits.Buckets;
import io.consigne.core.limits.Calls;
import io.consigne.core.limits.LimitPolicy;
import io.consigne.core.limits.LimitTable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What each call pays before it is answered, by one thread: finding its key, charging its limits.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class KeyCheck {
  private static final InetAddress ADDRESS = InetAddress.ofLiteral("192.0.2.7");
  private static final Caller CALLER = new Caller(ADDRESS, "");

  private Path folder;
  private Database database;
  private KeyLogin keys;
  private KeyLogin forgetful;
  private String key;
  private Access access;
  private Calls calls;

  /** Makes a host's database with one key. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    var clock = InstantSource.system();
    folder = Files.createTempDirectory("consigne-key-check");
    database = Databases.sqlite(folder.resolve("consigne.db"));
    var made = new Keys(database, clock, new SecureRandom());
    keys = login(made, clock);
    forgetful = login(new Keys(new Changing(database), clock, new SecureRandom()), clock);
    key =
        made.regenerate(
                new Accounts(database, clock).add("alice@example.org", Plan.GOLD, null).id())
            .reveal();
    access = keys.open(key, CALLER).orElseThrow();
    // A minute goes by with each charge, so that none is refused.
    var minutes = new AtomicLong();
    var policy =
        new LimitPolicy(LimitTable.DEFAULT, null, () -> minutes.addAndGet(60_000_000_000L));
    calls = new Calls(policy, new Buckets(policy.nanoTime()), clock);
  }

  private KeyLogin login(Keys known, InstantSource clock) {
    var defender = new Defender(DefenderLimits.DEFAULT, clock);
    return new KeyLogin(known, defender, new Audit(database, clock, AuditLimits.DEFAULT), clock);
  }

  /** Removes it. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    database.close();
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    }
  }

  /** A key that was found since the last write. */
  @Benchmark
  public Optional<Access> again() {
    return keys.open(key, CALLER);
  }

  /** A key for the first time after a write. */
  @Benchmark
  public Optional<Access> afresh() {
    return forgetful.open(key, CALLER);
  }

  /** The limits of a call. */
  @Benchmark
  public Admission charge() {
    return calls.call(access, ADDRESS);
  }

  /** A database of which nothing is remembered. */
  private record Changing(Database inner) implements Database {
    @Override
    public <T> T read(Work<T> work) {
      return inner.read(work);
    }

    @Override
    public <T> T write(Work<T> work) {
      return inner.write(work);
    }

    @Override
    public void close() {}
  }
}
