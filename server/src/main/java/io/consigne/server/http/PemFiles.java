package io.consigne.server.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/** Reads certificates and private keys as other programs write them. Every failure names a file. */
final class PemFiles {
  private PemFiles() {}

  /** All certificates of a file, in their order; at least one. */
  static List<X509Certificate> certificates(Path file) throws IOException {
    List<X509Certificate> found = new ArrayList<>();
    JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
    try {
      for (Object entry : entries(file)) {
        if (entry instanceof X509CertificateHolder holder) {
          found.add(converter.getCertificate(holder));
        }
      }
    } catch (GeneralSecurityException e) {
      throw new IOException("Not a certificate in " + file + ": " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new IOException("No certificate in " + file);
    }
    return found;
  }

  /** The private key of a file: PKCS#8, or the older forms of RSA and EC keys. */
  static PrivateKey privateKey(Path file) throws IOException {
    for (Object entry : entries(file)) {
      PrivateKeyInfo key = keyOf(file, entry);
      if (key != null) {
        return new JcaPEMKeyConverter().getPrivateKey(key);
      }
    }
    throw new IOException("No private key in " + file);
  }

  private static @Nullable PrivateKeyInfo keyOf(Path file, Object entry) throws IOException {
    return switch (entry) {
      case PrivateKeyInfo key -> key;
      case PEMKeyPair pair -> pair.getPrivateKeyInfo();
      case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
          throw new IOException("The private key in " + file + " is encrypted; store it decrypted");
      default -> null;
    };
  }

  private static List<Object> entries(Path file) throws IOException {
    List<Object> entries = new ArrayList<>();
    try (BufferedReader text = Files.newBufferedReader(file);
        PEMParser parser = new PEMParser(text)) {
      for (Object entry = parser.readObject(); entry != null; entry = parser.readObject()) {
        entries.add(entry);
      }
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException("Cannot read " + file + " as PEM: " + e.getMessage(), e);
    }
    return entries;
  }

  /** Whether the private key is the one of this public key. */
  static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
    if (!key.getAlgorithm().equals(publicKey.getAlgorithm())) {
      return false;
    }
    byte[] probe = {1, 2, 3};
    try {
      Signature signature = Signature.getInstance(signatureOf(key));
      signature.initSign(key);
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(probe);
      return signature.verify(signed);
    } catch (GeneralSecurityException notForSigning) {
      return false;
    }
  }

  private static String signatureOf(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }
}
