package io.consigne.server.http;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Set;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only valve of the container: gives each request to the handler, and what cannot be a request,
 * or was not answered, to the fallback.
 */
final class Dispatch extends ValveBase {
  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);
  private static final Set<String> VERSIONS = Set.of("HTTP/1.0", "HTTP/1.1");

  private final Handler handler;
  private final Fallback fallback;
  private final ListenerConfig config;
  private final SlowTakers slow;
  private final Running running = new Running();

  Dispatch(Handler handler, Fallback fallback, ListenerConfig config, SlowTakers slow) {
    this.slow = slow;
    this.handler = handler;
    this.fallback = fallback;
    this.config = config;
  }

  Running running() {
    return running;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException {
    Connection connection = new Connection(Sockets.CURRENT.get(), request, response);
    InetAddress peer = InetAddress.ofLiteral(request.getRemoteAddr());
    if (response.isError()) {
      int refusal =
          response.getStatus() == 400
              ? connection.refusal(config.limits().head())
              : response.getStatus();
      response.setSuspended(false);
      Exchange exchange = new Exchange(connection, nowhere(request, peer), config.limits().body());
      exchange.readNoMore();
      answer(exchange, refusal);
      return;
    }
    Exchange.Target target;
    int refusal;
    try {
      target = target(request, peer);
      refusal = refusal(request);
    } catch (IllegalArgumentException malformed) {
      target = nowhere(request, peer);
      refusal = 400;
    }
    answer(new Exchange(connection, target, config.limits().body()), refusal);
  }

  private static int refusal(Request request) {
    if (!VERSIONS.contains(request.getProtocol())) {
      return 505;
    }
    if (request.getMethod().equals("TRACE")) {
      return 405;
    }
    String coding = request.getHeader("Content-Encoding");
    return coding == null || coding.isEmpty() || coding.equalsIgnoreCase("identity") ? 200 : 415;
  }

  /** The target of a request that has none, or none that could be read. */
  private static Exchange.Target nowhere(Request request, InetAddress peer) {
    return new Exchange.Target(
        "/", new Origin(request.getScheme(), "localhost"), Set.of(), Set.of(), peer);
  }

  private Exchange.Target target(Request request, InetAddress peer) {
    Forwarding.Headers headers =
        name -> {
          var values = request.getHeaders(name);
          return values == null ? Collections.emptyEnumeration() : values;
        };
    String host = request.getHeader("Host");
    if (host == null || host.isEmpty()) {
      String local = request.getLocalAddr();
      host = (local.contains(":") ? "[" + local + "]" : local) + ":" + request.getLocalPort();
    }
    var direct = new Forwarding.Direct(request.getScheme(), host);
    Origin origin = config.forwarding().originOf(peer, direct, headers);
    return new Exchange.Target(
        RequestPath.decode(request.getRequestURI()),
        origin,
        config.forwarding().hostsOf(origin, peer, direct, headers),
        config.forwarding().ownPages(origin, peer, direct, headers),
        config.forwarding().clientOf(peer, headers));
  }

  private void answer(Exchange exchange, int refusal) {
    boolean entered = running.enter();
    slow.begin(exchange);
    try {
      if (refusal != 200) {
        if (refusal == 415) {
          exchange.drain(
              HttpLimits.REFUSED_BODY_BYTES); // who sends one may not read before it is sent
        }
        refuse(exchange, refusal);
      } else if (!entered) {
        exchange.header("Retry-After", "5");
        exchange.drain(HttpLimits.REFUSED_BODY_BYTES);
        refuse(exchange, 503);
      } else {
        handle(exchange);
      }
      exchange.finish();
    } catch (ClientGoneException e) {
      LOG.debug("{}", e.getMessage(), e);
      exchange.abort();
    } catch (IOException | RuntimeException e) {
      LOG.error("An answer could not be completed", e);
      exchange.abort();
    } finally {
      slow.end(exchange);
      if (entered) {
        running.leave();
      }
    }
  }

  private void handle(Exchange exchange) throws IOException {
    try {
      handler.handle(exchange);
    } catch (ClientGoneException e) {
      throw e;
    } catch (MalformedBody e) {
      fail(exchange, 400);
    } catch (Exception | StackOverflowError | OutOfMemoryError | AssertionError e) {
      LOG.error("{} {} failed", exchange.method(), folder(exchange.path()), e);
      fail(exchange, 500);
    }
  }

  private void fail(Exchange exchange, int status) throws IOException {
    if (exchange.restart()) {
      exchange.drain(HttpLimits.REFUSED_BODY_BYTES);
      fallback.answer(exchange, status);
    } else {
      exchange.abort();
    }
  }

  /** The path without its last segment, which may be a secret. */
  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private void refuse(Exchange exchange, int status) throws IOException {
    exchange.closeAfterAnswer();
    fallback.answer(exchange, status);
  }
}
