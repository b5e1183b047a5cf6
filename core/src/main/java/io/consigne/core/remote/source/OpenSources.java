package io.consigne.core.remote.source;

import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Sources and receivers all over the Internet, by the rules of a policy. Each fetch has connections
 * of its own; nothing is kept between two.
 */
public final class OpenSources implements Sources, Posts, AutoCloseable {
  private final FetchPolicy policy;
  private final Lookups names;
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
    this.names = new Lookups(names, policy.limits().lookup());
    this.tls = tls;
  }

  private static SSLSocketFactory defaultTls() {
    try {
      return SSLContext.getDefault().getSocketFactory();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  @Override
  public Fetched open(SourceRequest request) throws SourceException {
    var line = new Line(policy, names, tls);
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
  public int post(SourceUrl url, SourceHeaders headers, byte[] json) throws SourceException {
    if (!url.scheme().isWeb()) {
      throw new SourceException(
          SourceException.Reason.FORBIDDEN,
          "Nothing can be told to " + url.scheme() + " addresses");
    }
    ClassicHttpRequest request = WebCall.request("POST", url, headers);
    request.setHeader("Content-Type", "application/json");
    request.setHeader("Content-Length", json.length);
    request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
    try (var line = new Line(policy, names, tls)) {
      return new WebCall(line).send(url, request).status();
    }
  }

  /** Ends the threads that ask the name system; what is open stays open. */
  @Override
  public void close() {
    names.close();
  }
}
