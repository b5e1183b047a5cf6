package io.consigne.client.transport;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * What the first encrypted connection of a process needs: ciphers, and the tables of elliptic
 * curves, which the JDK computes when they are first used. On a short run it is most of the time.
 */
public final class FirstConnection {
  private static final String ANYBODY = "localhost";

  private FirstConnection() {}

  /**
   * Begins to make it ready on a thread of its own, while the caller does something else. Nothing
   * is sent. What goes wrong goes wrong again, and is told, when a connection is made.
   */
  public static void prepare() {
    Thread.ofPlatform().daemon().name("first-connection").start(FirstConnection::greetNobody);
  }

  private static void greetNobody() {
    try {
      greeting();
    } catch (GeneralSecurityException | SSLException | RuntimeException e) {
      // Whoever connects is told.
    }
  }

  /** The first bytes of a connection, which no one gets. */
  static ByteBuffer greeting() throws GeneralSecurityException, SSLException {
    var curve = KeyPairGenerator.getInstance("EC");
    curve.initialize(new ECGenParameterSpec("secp256r1"));
    curve.generateKeyPair();
    var context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[0], null);
    SSLEngine engine = context.createSSLEngine(ANYBODY, 443);
    engine.setUseClientMode(true);
    var greeting = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), greeting);
    return greeting.flip();
  }
}
