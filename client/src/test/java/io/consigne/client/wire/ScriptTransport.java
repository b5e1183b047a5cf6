package io.consigne.client.wire;

import io.consigne.client.transport.Transport;
import io.consigne.client.transport.WireAnswer;
import io.consigne.client.transport.WireBody;
import io.consigne.client.transport.WireRequest;
import io.consigne.spec.Answer;
import io.consigne.spec.Script;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;

/** Hands requests to a script. */
record ScriptTransport(Script script) implements Transport {
  @Override
  public WireAnswer send(WireRequest request) throws IOException {
    String query = request.uri().getRawQuery();
    String target = request.uri().getRawPath() + (query == null ? "" : "?" + query);
    Answer answer =
        script.answer(request.method(), target, request.headers(), text(request.body()));
    var headers = new LinkedHashMap<String, List<String>>();
    answer.headers().forEach((name, value) -> headers.put(name, List.of(value)));
    return new WireAnswer(
        answer.status(),
        HttpHeaders.of(headers, (_, _) -> true),
        new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(WireBody body) throws IOException {
    var text = new ByteArrayOutputStream();
    try (WireBody.Source source = body.open()) {
      for (ByteBuffer piece = source.next(); piece != null; piece = source.next()) {
        var bytes = new byte[piece.remaining()];
        piece.get(bytes);
        text.writeBytes(bytes);
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {}
}
