package io.consigne.server.config;

import io.consigne.core.db.PostgresAddress;
import io.consigne.core.ids.Cidr;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator of a host chose. {@code toString} holds no secret.
 *
 * @param keyFile a new file for the first key; null to print it
 */
public record HostConfig(Storage storage, Web web, Rules rules, @Nullable Path keyFile) {

  /**
   * Where things are kept.
   *
   * @param data the folder of the host
   * @param db a database server; null for the database in {@code data}
   * @param scrub how all that is stored is read again in the background
   */
  public record Storage(Path data, @Nullable PostgresAddress db, Dedupe dedupe, Scrubbing scrub) {
    /** Storage that is not read again by itself. */
    public Storage(Path data, @Nullable PostgresAddress db, Dedupe dedupe) {
      this(data, db, dedupe, Scrubbing.NEVER);
    }
  }

  /**
   * Reading all that is stored, to find what has rotted.
   *
   * @param every from the begin of one pass to that of the next; zero for never
   * @param bytesPerSecond how fast at most
   */
  public record Scrubbing(Duration every, long bytesPerSecond) {
    /** No pass. */
    public static final Scrubbing NEVER = new Scrubbing(Duration.ZERO, Long.MAX_VALUE);
  }

  /**
   * How clients reach the host.
   *
   * @param publicUrl scheme and authority of the links handed out; null to follow each request
   * @param trustedProxies whose forwarded headers are believed
   * @param stopGrace how long running transfers may take to end at a stop
   */
  public record Web(
      ListenAddress listen,
      @Nullable URI publicUrl,
      Tls tls,
      List<Cidr> trustedProxies,
      Duration stopGrace) {
    public Web {
      trustedProxies = List.copyOf(trustedProxies);
    }
  }

  /**
   * What clients may do.
   *
   * @param guests whether uploads without a key are accepted
   * @param countryDb knows the country of an address; null if there is none
   * @param watch how guessing is slowed, and what is remembered of who did what
   */
  public record Rules(Limits limits, boolean guests, @Nullable Path countryDb, Watch watch) {
    /** With the usual watch. */
    public Rules(Limits limits, boolean guests, @Nullable Path countryDb) {
      this(limits, guests, countryDb, Watch.USUAL);
    }
  }

  /**
   * How the host watches over its accounts.
   *
   * @param defender whether who guesses passwords or keys is slowed
   * @param auditKeep how old a line of the audit log becomes
   */
  public record Watch(boolean defender, Duration auditKeep) {
    /** What is the default. */
    public static final Watch USUAL = new Watch(true, Duration.ofDays(400));
  }

  /** Whether the limits of the accounts' plans hold. */
  public enum Limits {
    PLAN,
    OFF
  }

  /** Within what equal contents are stored once. */
  public enum Dedupe {
    ACCOUNT,
    HOST
  }

  /** How connections are protected. */
  public sealed interface Tls {
    /** Plain HTTP. */
    record None() implements Tls {}

    /** A certificate chain and its private key, both PEM. */
    record Files(Path certificates, Path privateKey) implements Tls {}

    /** A certificate of the host's own making. */
    record Self() implements Tls {}
  }
}
