package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.CodingErrorAction;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnectionFactory;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.MessageSupport;

/**
 * One request on one new connection. There is no pool, no proxy, no cookie, no credential, no cache
 * and no decompression to be switched off: only the protocol.
 */
final class WebCall {
  private static final CharCodingConfig TEXT =
      CharCodingConfig.custom()
          .setCharset(UTF_8)
          .setMalformedInputAction(CodingErrorAction.REPLACE)
          .setUnmappableInputAction(CodingErrorAction.REPLACE)
          .build();

  private final Line line;
  private final DefaultBHttpClientConnectionFactory connections;

  WebCall(Line line) {
    this.line = line;
    Http1Config bounds =
        Http1Config.custom()
            .setMaxLineLength(line.limits().talk().lineBytes())
            .setMaxHeaderCount(line.limits().talk().headers())
            .setMaxEmptyLineCount(1)
            .build();
    this.connections =
        DefaultBHttpClientConnectionFactory.builder()
            .http1Config(bounds)
            .charCodingConfig(TEXT)
            .responseParserFactory(_ -> new WholeHead(bounds))
            .build();
  }

  /** A request as the host makes it; the owner's headers may replace the first two of ours. */
  static ClassicHttpRequest request(String method, SourceUrl url, SourceHeaders headers) {
    var request = new BasicClassicHttpRequest(method, (String) null);
    request.setPath(url.target());
    request.setHeader("User-Agent", "Consigne");
    request.setHeader("Accept", "*/*");
    headers.values().forEach(request::setHeader);
    request.setHeader("Host", url.authority());
    request.setHeader("Accept-Encoding", "identity");
    request.setHeader("Connection", "close");
    return request;
  }

  /** Sends a request, and returns the answer with its body still to come. */
  WebAnswer send(SourceUrl url, ClassicHttpRequest request) throws SourceException {
    Socket socket = line.connect(url, Long.MAX_VALUE);
    try {
      Socket wire = url.scheme().isSecure() ? line.secure(socket, url) : socket;
      return new WebAnswer(url, exchange(connections.createConnection(wire), request));
    } catch (IOException | HttpException | RuntimeException e) {
      throw line.failure(url, e);
    }
  }

  private ClassicHttpResponse exchange(
      DefaultBHttpClientConnection connection, ClassicHttpRequest request)
      throws IOException, HttpException {
    connection.sendRequestHeader(request);
    connection.sendRequestEntity(request);
    connection.flush();
    ClassicHttpResponse response = connection.receiveResponseHeader();
    while (response.getCode() < 200) {
      if (response.getCode() == 101) {
        throw new ProtocolException("another protocol than was asked for");
      }
      line.patience().millisLeft();
      response = connection.receiveResponseHeader();
    }
    if (MessageSupport.canResponseHaveBody(request.getMethod(), response)) {
      connection.receiveResponseEntity(response);
    }
    return response;
  }
}
