package io.consigne.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom a connection trusts. */
public final class Trust {
  private Trust() {}

  /**
   * Trusts what the authorities in a PEM file sign, and nobody else: for a host of one's own.
   *
   * @param pem one certificate or more
   * @return what {@code ClientConfig.trusting} takes
   * @throws IOException if the file cannot be read, or holds no certificate
   */
  public static SSLContext only(Path pem) throws IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> authorities =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (authorities.isEmpty()) {
        throw notPem(pem);
      }
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate authority : authorities) {
        store.setCertificateEntry("ca" + store.size(), authority);
      }
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (CertificateException e) {
      IOException failure = notPem(pem);
      failure.addSuppressed(e);
      throw failure;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A fault of the file, which is not to be taken for a certificate that nobody trusts. */
  private static IOException notPem(Path pem) {
    return new FileSystemException(pem.toString(), null, "has no certificate in PEM form");
  }
}
