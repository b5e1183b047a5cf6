package io.consigne.core.db;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals texts for the database with AES-256-GCM, so that a look at a table, a query's log or a
 * report of an error shows nothing of them. The key is made once and kept beside the host's other
 * secrets, so that every node and every backup has it.
 */
public final class Seal {
  private static final String ROW = "remote-seal";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Database database;
  private final SecureRandom random;
  private volatile @Nullable SecretKeySpec known;

  /** Seals for {@code database}, with nonces of {@code random}. */
  public Seal(Database database, SecureRandom random) {
    this.database = database;
    this.random = random;
  }

  /** Seals a text; {@code about} must be given again to open it, and is not hidden. */
  public String close(String text, String about) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, about, text.getBytes(StandardCharsets.UTF_8));
    byte[] all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    return Base64.getEncoder().encodeToString(all);
  }

  /**
   * Opens what was sealed.
   *
   * @throws IllegalStateException if it was not sealed by this host about the same
   */
  public String open(String sealed, String about) {
    ByteBuffer all = ByteBuffer.wrap(Base64.getDecoder().decode(sealed));
    byte[] nonce = new byte[NONCE_BYTES];
    all.get(nonce);
    byte[] text = new byte[all.remaining()];
    all.get(text);
    return new String(run(Cipher.DECRYPT_MODE, nonce, about, text), StandardCharsets.UTF_8);
  }

  private byte[] run(int mode, byte[] nonce, String about, byte[] bytes) {
    try {
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(mode, key(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(about.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a sealed text cannot be opened: " + about, e);
    }
  }

  private SecretKeySpec key() {
    SecretKeySpec key = known;
    if (key == null) {
      String text = database.read(sql -> HostFacts.get(sql, ROW)).orElseGet(this::made);
      key = new SecretKeySpec(Base64.getDecoder().decode(text), "AES");
      known = key;
    }
    return key;
  }

  private String made() {
    byte[] secret = new byte[KEY_BYTES];
    random.nextBytes(secret);
    String text = Base64.getEncoder().encodeToString(secret);
    return database.write(sql -> {
      HostFacts.add(sql, ROW, text);
      return HostFacts.get(sql, ROW).orElseThrow();
    });
  }
}
