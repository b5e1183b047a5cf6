package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.consigne.core.ids.AccountId;
import java.io.IOException;
import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * Sources and receivers all over the Internet, by the rules of a policy. Each fetch has connections
 * of its own; nothing is kept between two.
 */
public final class OpenSources implements Sources, Posts, AutoCloseable {
  private final FetchPolicy policy;
  private final Lookups names;

  /** Of receivers, who wait for no source. */
  private final Lookups receivers;

  private final SSLSocketFactory tls;

  /** With the system's name resolver, and the authorities that Java knows. */
  public OpenSources(FetchPolicy policy) {
    this(policy, defaultTls());
  }

  /** With the system's name resolver, and TLS by authorities of the caller's choice. */
  public OpenSources(FetchPolicy policy, SSLSocketFactory tls) {
    this(policy, InetAddress::getAllByName, tls);
  }

  OpenSources(FetchPolicy policy, Names names, SSLSocketFactory tls) {
    this.policy = policy;
    this.names = new Lookups(names, policy.limits().addresses());
    this.receivers = new Lookups(names, policy.limits().addresses());
    this.tls = tls;
  }

  private static SSLSocketFactory defaultTls() {
    try {
      return SSLContext.getDefault().getSocketFactory();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  FetchLimits limits() {
    return policy.limits();
  }

  @Override
  public Fetched open(SourceRequest request) throws SourceException {
    var line = new Line(policy, names.by(request.askerOrNull()), tls);
    boolean opened = false;
    try {
      SourceRequest bounded = request.atMost(policy.limits().maxBytes());
      Fetched fetched =
          request.url().scheme().isWeb()
              ? new WebFetch(line, bounded).open()
              : new FtpFetch(line, bounded).open();
      opened = true;
      return fetched;
    } finally {
      if (!opened) {
        line.close();
      }
    }
  }

  @Override
  public int post(AccountId asker, SourceUrl url, SourceHeaders headers, byte[] json)
      throws SourceException {
    return ask(receivers.by(asker), url, request(url, headers, json), 0).status();
  }

  /** What was answered to a text. */
  record Reply(int status, String body) {
    /** No text, which may hold an address with its token. */
    @Override
    public String toString() {
      return "Reply[status=" + status + "]";
    }
  }

  /** Sends a JSON text about a link, as {@link #post} does, and reads what is answered. */
  Reply ask(SourceUrl url, SourceHeaders headers, byte[] json, @Nullable AccountId asker)
      throws SourceException {
    return ask(names.by(asker), url, request(url, headers, json), limits().talk().linkBytes());
  }

  private static ClassicHttpRequest request(SourceUrl url, SourceHeaders headers, byte[] json)
      throws SourceException {
    if (!url.scheme().isWeb()) {
      throw new SourceException(
          SourceException.Reason.FORBIDDEN,
          "Nothing can be told to " + url.scheme() + " addresses");
    }
    ClassicHttpRequest request = WebCall.request("POST", url, headers);
    request.setHeader("Content-Type", "application/json");
    request.setHeader("Content-Length", json.length);
    request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
    return request;
  }

  /** With {@code maxBytes} of 0 the answer is not read. */
  private Reply ask(Lookups.Asker asker, SourceUrl url, ClassicHttpRequest request, int maxBytes)
      throws SourceException {
    try (var line = new Line(policy, asker, tls)) {
      WebAnswer answer = new WebCall(line).send(url, request);
      return new Reply(answer.status(), maxBytes == 0 ? "" : body(line, answer, maxBytes));
    }
  }

  private static String body(Line line, WebAnswer answer, int maxBytes) throws SourceException {
    var extent = new FileBody.Extent(0, answer.bodyLength(), maxBytes);
    try {
      byte[] bytes = new FileBody(line, answer.body(), extent, () -> {}).readAllBytes();
      return new String(bytes, UTF_8);
    } catch (IOException e) {
      throw Trouble.inFile(e);
    }
  }

  /** Ends the threads that ask the name system; what is open stays open. */
  @Override
  public void close() {
    names.close();
    receivers.close();
  }
}
