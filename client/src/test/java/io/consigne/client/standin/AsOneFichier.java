package io.consigne.client.standin;

import io.consigne.client.transport.HttpTransport;
import io.consigne.client.transport.Transport;
import io.consigne.client.transport.WireAnswer;
import io.consigne.client.transport.WireRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Brings what is for 1fichier.com to a stand-in, which seems to be at those addresses. */
public final class AsOneFichier implements Transport {
  private static final String NODE = "up1.1fichier.com";

  private final Transport inner = new HttpTransport(null, Duration.ofMinutes(1));
  private final URI host;

  /** Brings it to {@code host}. */
  public AsOneFichier(StandIn host) {
    this.host = host.url();
  }

  @Override
  public WireAnswer send(WireRequest request) throws IOException {
    String query = request.uri().getRawQuery();
    String target = request.uri().getRawPath() + (query == null ? "" : "?" + query);
    var brought =
        new WireRequest(request.method(), host.resolve(target), request.headers(), request.body());
    WireAnswer answer = inner.send(brought);
    if (!answer.header("Content-Type").orElse("").startsWith("application/json")) {
      return answer;
    }
    try (answer) {
      String there = host.getAuthority();
      String text = answer.text(Integer.MAX_VALUE).replace("http://" + there, "https://" + NODE);
      byte[] told = text.replace(there, NODE).getBytes(StandardCharsets.UTF_8);
      return new WireAnswer(answer.status(), answer.headers(), new ByteArrayInputStream(told));
    }
  }

  @Override
  public void close() {
    inner.close();
  }
}
