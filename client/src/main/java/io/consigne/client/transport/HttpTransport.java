package io.consigne.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1 by the JDK's client. An exchange in which nothing moves for a while is given up. */
public final class HttpTransport implements Transport {
  private static final Duration CONNECT = Duration.ofSeconds(30);
  private static final Set<String> BODILESS = Set.of("GET", "HEAD");

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final @Nullable SSLContext tls;
  private @Nullable HttpClient plain;
  private @Nullable HttpClient secure;
  private final Duration patience;

  /**
   * Makes a transport.
   *
   * @param tls whom to trust; null for whom the JDK trusts
   * @param patience how long nothing may move before an exchange is given up
   */
  public HttpTransport(@Nullable SSLContext tls, Duration patience) {
    this.tls = tls;
    this.patience = patience;
  }

  /**
   * Reading whom to trust takes long, so what is not encrypted goes through a client of its own.
   */
  private synchronized HttpClient client(URI uri) {
    boolean encrypted = "https".equalsIgnoreCase(uri.getScheme());
    HttpClient known = encrypted ? secure : plain;
    if (known != null) {
      return known;
    }
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .executor(threads);
    if (!encrypted) {
      plain = builder.sslContext(trustingNobody()).build();
      return plain;
    }
    secure = (tls == null ? builder : builder.sslContext(tls)).build();
    return secure;
  }

  private static SSLContext trustingNobody() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public WireAnswer send(WireRequest request) throws IOException {
    var activity = new Activity(patience);
    var body = new SentBody(request.body(), activity);
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(request.uri())
            .method(
                request.method(),
                request.body().lengthBytes() == 0 && BODILESS.contains(request.method())
                    ? HttpRequest.BodyPublishers.noBody()
                    : body);
    request.headers().forEach(builder::header);
    HttpResponse<InputStream> response =
        await(
            client(request.uri())
                .sendAsync(builder.build(), HttpResponse.BodyHandlers.ofInputStream()),
            request,
            activity);
    return new WireAnswer(
        response.statusCode(),
        response.headers(),
        new WatchedStream(response.body(), activity, threads));
  }

  private static HttpResponse<InputStream> await(
      CompletableFuture<HttpResponse<InputStream>> answer, WireRequest request, Activity activity)
      throws IOException {
    while (true) {
      try {
        return answer.get(activity.leftNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (activity.isStalled()) {
          answer.cancel(true);
          throw timeout(request, e);
        }
      } catch (InterruptedException e) {
        answer.cancel(true);
        Thread.currentThread().interrupt();
        var interrupted = new InterruptedIOException("interrupted: " + request);
        interrupted.initCause(e);
        throw interrupted;
      } catch (ExecutionException e) {
        throw failure(request, e.getCause());
      }
    }
  }

  private static IOException timeout(WireRequest request, TimeoutException cause) {
    var timeout = new HttpTimeoutException("no answer to " + request);
    timeout.initCause(cause);
    return timeout;
  }

  private static IOException failure(WireRequest request, @Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return new IOException("the connection broke: " + request + ": " + why(cause), cause);
  }

  /** The JDK has no words for the two that are met most often. */
  private static String why(@Nullable Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof UnresolvedAddressException) {
        return "no such host is known";
      }
    }
    if (cause != null && cause.getMessage() != null) {
      return cause.getMessage();
    }
    return cause instanceof ConnectException ? "nothing answers there" : "no reason";
  }

  @Override
  public void close() {
    synchronized (this) {
      for (HttpClient client : Arrays.asList(plain, secure)) {
        if (client != null) {
          client.shutdownNow();
        }
      }
    }
    threads.shutdownNow();
  }
}
