package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consigne.core.ids.AccountId;
import io.consigne.core.remote.source.SourceException.Reason;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told to others keeps to the rules for fetches. */
final class PostsTest {
  private static final AccountId ASKER = new AccountId(1);
  private static final byte[] JSON = "{\"a\":\"é\"}".getBytes(UTF_8);

  @Test
  void text_isSentWhole() throws IOException {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    try (var lab = new Lab();
        var server =
            new HostileServer(
                HostileServer.ADDRESS,
                socket -> {
                  byte[] all = new byte[10_000];
                  int count = 0;
                  while (!new String(all, 0, count, UTF_8).endsWith("é\"}")) {
                    count += socket.getInputStream().read(all, count, all.length - count);
                  }
                  received.add(new String(all, 0, count, UTF_8));
                  socket.getOutputStream().write("HTTP/1.1 202 Yes\r\n\r\n".getBytes(UTF_8));
                })) {
      SourceHeaders headers = SourceHeaders.of(Map.of("Consigne-Signature", "t=1,v1=ab"));
      assertThat(lab.sources.post(ASKER, SourceUrl.parse(server.url("/hook?a")), headers, JSON))
          .isEqualTo(202);
      assertThat(received.remove())
          .startsWith("POST /hook?a HTTP/1.1\r\n")
          .contains("Consigne-Signature: t=1,v1=ab\r\n")
          .contains("Content-Type: application/json\r\n")
          .contains("Content-Length: 10\r\n")
          .endsWith("\r\n\r\n{\"a\":\"é\"}");
    }
  }

  @Test
  void redirection_isNotFollowed() throws IOException {
    try (var witness = new Witness("127.0.0.1");
        var lab = new Lab();
        HostileServer server =
            HostileServer.web(
                "HTTP/1.1 307 No\r\nLocation: http://127.0.0.1:" + witness.port() + "/\r\n\r\n")) {
      assertThat(
              lab.sources.post(ASKER, SourceUrl.parse(server.url("/")), SourceHeaders.NONE, JSON))
          .isEqualTo(307);
      witness.sawNobody();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:%d/", "http://localhost:%d/", "ftp://127.0.0.2:%d/"})
  void privateAddress_isToldNothing(String url) throws IOException {
    try (var witness = new Witness("127.0.0.1");
        var lab = new Lab()) {
      SourceUrl target = SourceUrl.parse(url.formatted(witness.port()));
      SourceException refusal =
          catchThrowableOfType(
              SourceException.class,
              () -> lab.sources.post(ASKER, target, SourceHeaders.NONE, JSON));
      assertThat(refusal.reason()).isEqualTo(Reason.FORBIDDEN);
      witness.sawNobody();
    }
  }
}
