package io.consigne.server.http;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardEngine;
import org.apache.catalina.core.StandardServer;
import org.apache.catalina.core.StandardService;
import org.apache.tomcat.util.modeler.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for HTTP/1.1 on one address, plain or over TLS, and gives every request to one {@link
 * Handler} on a virtual thread of its own. Writes no file.
 */
public final class Listener implements AutoCloseable {
  /** Below it Linux lets nobody listen but root, and whom root allows it. */
  private static final int FIRST_FREE_PORT = 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

  /** How often it is looked for what is slow in the time that it has. */
  private static final int LOOKS = 30;

  private static final Duration HANG_UP_TIME = Duration.ofSeconds(5);

  private final StandardServer server;
  private final int port;
  private final Protocol protocol;
  private final Dispatch dispatch;
  private final ReentrantLock stopping = new ReentrantLock();
  private boolean stopped;
  private boolean allEnded;

  private Listener(StandardServer server, int port, Protocol protocol, Dispatch dispatch) {
    this.server = server;
    this.port = port;
    this.protocol = protocol;
    this.dispatch = dispatch;
  }

  /**
   * Begins to listen.
   *
   * @throws IOException if the address cannot be listened on; its message names address and port
   */
  public static Listener start(ListenerConfig config, Handler handler, Fallback fallback)
      throws IOException {
    Registry.disableRegistry();
    ConnectionPlaces places =
        new ConnectionPlaces(config.limits().connections(), config.forwarding().trustedProxy());
    var handshakes = new Handshakes(config.limits().head().time());
    Protocol protocol = new Protocol(config.limits(), places, handshakes);
    protocol.setAddress(config.address().getAddress());
    protocol.setPort(config.address().getPort());
    Connector connector = new Connector(protocol);
    connector.setThrowOnFailure(true);
    if (config.tls() != null) {
      config.tls().configure(connector, protocol);
    }
    var slow = new SlowTakers(config.limits().connections().slow(), places::areScarce);
    Dispatch dispatch = new Dispatch(handler, fallback, config, slow);
    StandardServer server = container(connector, dispatch);
    try {
      server.start();
    } catch (LifecycleException e) {
      discard(server);
      throw cannotListen(config.address(), e);
    }
    watch(server, slow::look, config.limits().connections().slow().time());
    watch(server, handshakes::look, config.limits().head().time());
    return new Listener(server, connector.getLocalPort(), protocol, dispatch);
  }

  /** The server's own thread for such things ends with it. */
  private static void watch(StandardServer server, Runnable look, Duration time) {
    long pause = Math.max(1, time.dividedBy(LOOKS).toMillis());
    var _ =
        server
            .getUtilityExecutor()
            .scheduleWithFixedDelay(look, pause, pause, TimeUnit.MILLISECONDS);
  }

  private static StandardServer container(Connector connector, Dispatch dispatch) {
    StandardEngine engine = new StandardEngine();
    engine.setName("consigne");
    engine.setBackgroundProcessorDelay(-1);
    engine.getPipeline().setBasic(dispatch);
    StandardService service = new StandardService();
    service.setName("consigne");
    service.setContainer(engine);
    service.addConnector(connector);
    StandardServer server = new StandardServer();
    server.setPort(-1);
    server.addService(service);
    return server;
  }

  private static IOException cannotListen(InetSocketAddress address, Throwable failure) {
    String where = where(address);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException bind) {
        return new IOException("Cannot listen on " + where + ": " + why(address, bind), bind);
      }
    }
    return new IOException("Cannot listen on " + where + ": " + failure.getMessage(), failure);
  }

  private static String why(InetSocketAddress address, BindException bind) {
    String why = String.valueOf(bind.getMessage());
    if (why.contains("already in use")) {
      return "another program listens there";
    }
    return why.contains("Permission denied") && address.getPort() < FIRST_FREE_PORT
        ? "ports below %d are for root; a proxy or the service manager can give them away"
            .formatted(FIRST_FREE_PORT)
        : why;
  }

  private static String where(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  private static void discard(StandardServer server) {
    try {
      server.destroy();
    } catch (LifecycleException e) {
      LOG.warn("The listener could not be cleaned up", e);
    }
  }

  /** The port that is listened on. */
  public int port() {
    return port;
  }

  /**
   * Shows other certificates to whoever connects from now on; connections that there are go on.
   *
   * @throws IOException if they cannot be used
   */
  public void renew(Tls tls) throws IOException {
    tls.renew(protocol);
  }

  /**
   * Stops. Requests that come from now on are answered with 503, {@code Retry-After: 5}; those that
   * run may end within the grace time; then all connections are closed, and the port is free.
   * Further calls wait for the first one and say what it said.
   *
   * @return whether all requests ended within the grace time
   */
  public boolean stop(Duration grace) {
    dispatch.running().close();
    stopping.lock();
    try {
      if (!stopped) {
        stopped = true;
        allEnded = dispatch.running().awaitNone(grace);
        shutDown();
      }
      return allEnded;
    } finally {
      stopping.unlock();
    }
  }

  private void shutDown() {
    if (!allEnded) {
      protocol.sockets().hangUp();
      dispatch.running().awaitNone(HANG_UP_TIME);
    }
    try {
      server.stop();
    } catch (LifecycleException e) {
      LOG.warn("The listener did not stop cleanly", e);
    }
    discard(server);
  }

  /** Stops without waiting for requests. */
  @Override
  public void close() {
    stop(Duration.ZERO);
  }
}
