package io.consigne.server.http;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
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
  private static final long REFUSED_BODY_BYTES = 64L * 1024 * 1024;

  private final Handler handler;
  private final Fallback fallback;
  private final ListenerConfig config;
  private final Running running = new Running();

  Dispatch(Handler handler, Fallback fallback, ListenerConfig config) {
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
    int refusal = refusal(request, response);
    response.setSuspended(false);
    InetAddress peer = InetAddress.ofLiteral(request.getRemoteAddr());
    Exchange.Target target;
    try {
      target = target(request, peer);
    } catch (IllegalArgumentException malformed) {
      target = new Exchange.Target("/", new Origin(request.getScheme(), "localhost"), peer);
      refusal = refusal == 200 ? 400 : refusal;
    }
    Exchange exchange = new Exchange(connection, target, config.limits());
    answer(exchange, refusal);
  }

  private static int refusal(Request request, Response response) {
    if (response.isError()) {
      return response.getStatus();
    }
    return request.getMethod().equals("TRACE") ? 405 : 200;
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
    return new Exchange.Target(
        RequestPath.decode(request.getRequestURI()),
        config.forwarding().originOf(peer, direct, headers),
        config.forwarding().clientOf(peer, headers));
  }

  private void answer(Exchange exchange, int refusal) {
    boolean entered = running.enter();
    try {
      if (refusal != 200) {
        refuse(exchange, refusal);
      } else if (!entered) {
        exchange.header("Retry-After", "5");
        exchange.drain(REFUSED_BODY_BYTES);
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
    } catch (Exception | StackOverflowError | OutOfMemoryError | AssertionError e) {
      LOG.error("{} {} failed", exchange.method(), folder(exchange.path()), e);
      if (exchange.restart()) {
        exchange.drain(REFUSED_BODY_BYTES);
        fallback.answer(exchange, 500);
      } else {
        exchange.abort();
      }
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
