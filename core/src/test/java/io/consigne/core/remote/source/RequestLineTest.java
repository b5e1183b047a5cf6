package io.consigne.core.remote.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.core.ids.AccountId;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server is asked for the path that was named. */
final class RequestLineTest {
  private static final AccountId ASKER = new AccountId(1);

  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfile";

  /** Once {@code //files} was taken for a host, and the path behind it was asked for. */
  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/a.zip?x=1", "//files/a.zip?x=1", "///a", "//a:b@c/d", "/a//b", "/?//"})
  void path_isAskedForAsItIs(String path) throws IOException {
    try (var lab = new Lab();
        HostileServer server = HostileServer.web(ANSWER)) {
      SourceUrl url = SourceUrl.parse(server.url(path));
      lab.bytes(url.text());
      assertThat(server.heads.remove().getFirst()).isEqualTo("GET " + path + " HTTP/1.1");
      lab.sources.post(ASKER, url, SourceHeaders.NONE, "{}".getBytes(UTF_8));
      assertThat(server.heads.remove().getFirst()).isEqualTo("POST " + path + " HTTP/1.1");
    }
  }
}
