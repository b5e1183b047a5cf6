package io.consigne.core.links;

import io.consigne.core.db.Database;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.db.Row;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that sign download tokens: HMAC-SHA-256, kept in the database so that every node and
 * every start of the host knows them, and replaced once a day; later if the disk is full, so that
 * what is stored can still be read.
 */
public final class SigningKeys {
  private static final int SECRET_BYTES = 32;

  private final Database database;
  private final InstantSource clock;
  private final SecureRandom random;
  private volatile List<SigningKey> known = List.of();

  /** Keeps keys in {@code database}. */
  public SigningKeys(Database database, InstantSource clock, SecureRandom random) {
    this.database = database;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Ends every token that was ever given: the keys of {@code database} go, and a host that opens it
   * from now on makes another.
   */
  public static void forgetAll(Database database) {
    database.change(sql -> sql.update("DELETE FROM signing_keys"));
  }

  /** The key to sign with now. */
  SigningKey current() {
    Instant now = clock.instant();
    return newest(known, now).or(() -> newest(load(), now)).orElseGet(this::renewed);
  }

  /** The key of that number, if tokens that it signed may still be good. */
  Optional<SigningKey> numbered(long id) {
    return find(known, id).or(() -> find(load(), id));
  }

  /** The last made of those whose time it is: a clock that was wrong for a while made others. */
  private static Optional<SigningKey> newest(List<SigningKey> keys, Instant now) {
    return youngest(
        keys.stream()
            .filter(key ->
                key.created().isAfter(now.minus(LinkLimits.KEY_USED_FOR))
                    && !key.created().isAfter(now.plus(LinkLimits.KEY_USED_FOR))));
  }

  private static Optional<SigningKey> youngest(Stream<SigningKey> keys) {
    return keys.max(Comparator.comparingLong(SigningKey::id));
  }

  private static Optional<SigningKey> find(List<SigningKey> keys, long id) {
    return keys.stream().filter(key -> key.id() == id).findFirst();
  }

  private List<SigningKey> load() {
    List<SigningKey> loaded =
        database.read(
            sql -> sql.list("SELECT id, secret, created_at FROM signing_keys", SigningKey::read));
    known = loaded;
    return loaded;
  }

  private SigningKey renewed() {
    try {
      return renew();
    } catch (DatabaseFull e) {
      return youngest(load().stream()).orElseThrow(() -> e);
    }
  }

  private synchronized SigningKey renew() {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String text = Base64.getEncoder().encodeToString(secret);
    Instant now = clock.instant();
    database.change(sql -> {
      sql.update(
          "DELETE FROM signing_keys WHERE created_at < ?", now.minus(LinkLimits.KEY_KEPT_FOR));
      sql.update(
          """
          INSERT INTO signing_keys (secret, created_at)
          SELECT ?, ? WHERE NOT EXISTS (
            SELECT 1 FROM signing_keys WHERE created_at > ? AND created_at <= ?)
          """,
          text,
          now,
          now.minus(LinkLimits.KEY_USED_FOR),
          now.plus(LinkLimits.KEY_USED_FOR));
    });
    return newest(load(), now).orElseThrow();
  }

  /**
   * A key.
   *
   * @param id its number
   * @param secret 32 bytes in base 64
   * @param created when it was made
   */
  record SigningKey(long id, String secret, Instant created) {
    static SigningKey read(Row row) {
      return new SigningKey(row.number("id"), row.text("secret"), row.instant("created_at"));
    }

    byte[] sign(byte[] message) {
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret), "HmacSHA256"));
        return mac.doFinal(message);
      } catch (GeneralSecurityException e) {
        throw new AssertionError("every JDK has HmacSHA256", e);
      }
    }

    @Override
    public String toString() {
      return "SigningKey[" + id + "]";
    }
  }
}
