package io.consigne.core.accounts;

import io.consigne.core.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Passwords as Argon2id hashes, in the usual text form {@code
 * $argon2id$v=19$m=…,t=…,p=…$salt$hash}.
 *
 * <p>One computation takes 19 MiB and tens of milliseconds, so only a few run at once; more wait a
 * moment, then are refused.
 */
public final class Passwords {
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private final SecureRandom random;
  private final Semaphore running;
  private final Duration patience;
  private final AtomicLong computations = new AtomicLong();

  /** Draws salts from {@code random}; at most {@code atOnce} computations run at a time. */
  public Passwords(SecureRandom random, int atOnce) {
    this(random, atOnce, AccountLimits.PASSWORD_PATIENCE);
  }

  /** With a patience of its own: how long a computation waits for its turn. */
  public Passwords(SecureRandom random, int atOnce, Duration patience) {
    this.random = random;
    this.running = new Semaphore(atOnce);
    this.patience = patience;
  }

  /** How many computations began since the start. */
  public long computations() {
    return computations.get();
  }

  /**
   * The hash to keep of the password of an account.
   *
   * @throws io.consigne.core.failure.FailureException {@code Invalid} if it is shorter than {@link
   *     AccountLimits#SHORTEST_PASSWORD}; else as {@link #hash}
   */
  public String hashOfAccount(String password) {
    if (isTooShortForAccount(password)) {
      throw new Failure.Invalid(
              "password",
              "",
              "must have at least " + AccountLimits.SHORTEST_PASSWORD + " characters")
          .asException();
    }
    return hash(password);
  }

  /** Whether an account cannot have that password. */
  public static boolean isTooShortForAccount(String password) {
    return password.codePointCount(0, password.length()) < AccountLimits.SHORTEST_PASSWORD;
  }

  /**
   * The hash to keep of a password.
   *
   * @throws io.consigne.core.failure.FailureException {@code Unavailable} after waiting in vain for
   *     a turn
   */
  public String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return hash(password, salt);
  }

  /**
   * The hash of today's strength of the password whose hash is {@code stored}, with the same salt:
   * it is told by that that the password is the same.
   *
   * @throws io.consigne.core.failure.FailureException {@code Unavailable}, as {@link #hash}
   */
  public String renewed(String password, String stored) {
    return hash(password, Base64.getDecoder().decode(parts(stored)[4]));
  }

  /** What stays of a hash when it is renewed, and is another with each password that is set. */
  public static String setting(String stored) {
    String[] parts = stored.split("\\$", -1);
    return parts.length == 6 ? parts[4] : stored;
  }

  private static String[] parts(String stored) {
    String[] parts = stored.split("\\$", -1);
    if (parts.length != 6 || !parts[1].equals("argon2id")) {
      throw new IllegalArgumentException("not an Argon2id hash");
    }
    return parts;
  }

  private String hash(String password, byte[] salt) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
        .formatted(
            MEMORY_KIB,
            PASSES,
            base64.encodeToString(salt),
            base64.encodeToString(compute(password, salt, MEMORY_KIB, PASSES)));
  }

  /**
   * Whether {@code stored} is the hash of {@code password}; takes as long either way.
   *
   * @throws io.consigne.core.failure.FailureException {@code Unavailable}, as {@link #hash}
   */
  public boolean matches(String password, String stored) {
    String[] parts = parts(stored);
    String[] costs = parts[3].split("[=,]", -1);
    byte[] salt = Base64.getDecoder().decode(parts[4]);
    byte[] computed =
        compute(password, salt, Integer.parseInt(costs[1]), Integer.parseInt(costs[3]));
    return MessageDigest.isEqual(computed, Base64.getDecoder().decode(parts[5]));
  }

  /**
   * Spends the time of one check, so that an unknown name takes as long as a known one.
   *
   * @throws io.consigne.core.failure.FailureException {@code Unavailable}, as {@link #hash}
   */
  public void matchesNothing(String password) {
    compute(password, new byte[SALT_BYTES], MEMORY_KIB, PASSES);
  }

  /** Whether {@code stored} has the strength that {@link #hash} gives today. */
  public static boolean isCurrent(String stored) {
    return stored.startsWith("$argon2id$v=19$m=%d,t=%d,p=1$".formatted(MEMORY_KIB, PASSES));
  }

  private byte[] compute(String password, byte[] salt, int memoryKib, int passes) {
    acquire();
    computations.incrementAndGet();
    try {
      var generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(memoryKib)
              .withIterations(passes)
              .withParallelism(1)
              .withSalt(salt)
              .build());
      byte[] hash = new byte[HASH_BYTES];
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
      return hash;
    } finally {
      running.release();
    }
  }

  private void acquire() {
    try {
      if (running.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new Failure.Unavailable("Too many logins at once", AccountLimits.PASSWORD_RETRY_AFTER)
        .asException();
  }
}
