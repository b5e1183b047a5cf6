package io.consigne.server.config;

import io.consigne.core.db.PostgresAddress;
import io.consigne.core.ids.Cidr;
import io.consigne.core.uploads.Dedupe;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
  public record Storage(Path data, @Nullable PostgresAddress db, Dedupe dedupe, Scrubbing scrub) {}

  /**
   * Reading all that is stored, to find what has rotted.
   *
   * @param every from the beginning of one pass to that of the next; zero for never
   * @param bytesPerSecond how fast at most
   */
  public record Scrubbing(Duration every, long bytesPerSecond) {}

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
   * @param limits whether the limits of the accounts' plans hold
   * @param guests whether uploads without a key are accepted
   * @param countryDb knows the country of an address; null if there is none
   * @param watch how it is guarded against floods and guesses
   * @param keeping how long files and records are kept
   * @param fetches what the host fetches from elsewhere
   * @param mail how it sends mails; null if it sends none
   */
  public record Rules(
      boolean limits,
      boolean guests,
      @Nullable Path countryDb,
      Watch watch,
      Keeping keeping,
      Fetches fetches,
      @Nullable Mail mail) {}

  /**
   * What the host fetches from elsewhere, and tells there.
   *
   * @param atOnce how many fetches run at the same time; 0 for none ever
   * @param allowed networks that it goes to although they are not public, or its own
   * @param ports at which others are asked; empty for the usual ones
   * @param implicitFtps ports besides 990 at which ftps is TLS from the first byte
   * @param webhooks whether accounts may have themselves told what happens
   */
  public record Fetches(
      int atOnce,
      List<Cidr> allowed,
      Set<Integer> ports,
      Set<Integer> implicitFtps,
      boolean webhooks) {
    public Fetches {
      allowed = List.copyOf(allowed);
      ports = Set.copyOf(ports);
      implicitFtps = Set.copyOf(implicitFtps);
    }
  }

  /**
   * How the host sends mails.
   *
   * @param server {@code smtp://host:port} or {@code smtps://host:port}
   * @param from who sends
   * @param user who logs in; null for nobody
   * @param passwordFile holds the password and nothing else; null for none
   */
  public record Mail(URI server, String from, @Nullable String user, @Nullable Path passwordFile) {}

  /**
   * How a host is guarded against floods and guesses.
   *
   * @param defender whether who guesses passwords or keys is slowed
   * @param floodStyle what who is too fast is told
   */
  public record Watch(boolean defender, FloodStyle floodStyle) {}

  /**
   * How long files and records are kept.
   *
   * @param retention whether files that nobody downloads are removed where the plan says so
   * @param auditKeep how old a line of the audit log becomes
   */
  public record Keeping(boolean retention, Duration auditKeep) {}

  /** What a client that is too fast is told. */
  public enum FloodStyle {
    /** How long to wait, with status 429. */
    WAIT,
    /** That it is locked out for a while, with status 403. */
    LOCK
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
