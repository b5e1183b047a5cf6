package io.consigne.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.consigne.client.model.ApiKey;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.transport.Transport;
import io.consigne.client.transport.WireAnswer;
import io.consigne.client.transport.WireRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are longer than anybody needs, or never end. */
class LongAnswersTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** A text, and then one letter for ever. */
  private static final class Endless extends InputStream {
    private final int letter;
    private long given;

    Endless(char letter) {
      this.letter = letter;
    }

    @Override
    public int read() {
      given++;
      return letter;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      Arrays.fill(buffer, offset, offset + length, (byte) letter);
      given += length;
      return length;
    }
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static WireAnswer answer(int status, InputStream body) {
    return new WireAnswer(
        status, HttpHeaders.of(Map.of("Content-Type", List.of("text/html")), (_, _) -> true), body);
  }

  private static Refusal refusalOf(WireAnswer answer) {
    try {
      Answers.object(answer);
    } catch (RefusedException e) {
      return e.refusal();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("it was an object");
  }

  @Test
  void limits_areThese() {
    assertThat(Answers.PAGE_BYTES).isEqualTo(64 << 10);
    assertThat(Answers.LONGEST_BYTES)
        .isEqualTo((int) Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4));
  }

  @Test
  void endlessJson_isNotReadForEver() {
    WireAnswer answer =
        answer(200, new SequenceInputStream(text("{\"status\":\"OK\",\"a\":\""), new Endless('a')));
    assertThat(refusalOf(answer))
        .isInstanceOfSatisfying(
            Refusal.TooLarge.class,
            refusal ->
                assertThat(refusal.said())
                    .hasToString("the answer is longer than " + Answers.LONGEST_BYTES + " bytes"));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 403, 502})
  void endlessPage_isReadForItsBeginning(int status) {
    var endless = new Endless('a');
    InputStream page = new SequenceInputStream(text("<html>IP Locked #79</html>"), endless);
    assertThat(refusalOf(answer(status, page))).isInstanceOf(Refusal.Flood.class);
    assertThat(endless.given).isLessThanOrEqualTo(Answers.PAGE_BYTES);
  }

  @Test
  void endlessRefusal_isReadForItsBeginning() {
    var endless = new Endless(' ');
    InputStream refusal = new SequenceInputStream(text("{\"message\":\"IP Locked #79\""), endless);
    assertThat(refusalOf(answer(403, refusal))).isInstanceOf(Refusal.Flood.class);
    assertThat(endless.given).isLessThanOrEqualTo(Answers.PAGE_BYTES);
  }

  @Test
  void objectLongerThanAPage_isReadWhole() throws IOException {
    String members =
        IntStream.range(0, Answers.PAGE_BYTES)
            .mapToObj(",\"member %d\":1"::formatted)
            .collect(Collectors.joining());
    JsonObject object =
        Answers.object(answer(200, text(" {\"status\":\"OK\"" + members + ",\"name\":\"last\"}")));
    assertThat(object.text("name")).isEqualTo("last");
  }

  /** Each looked for its end through all that follows: minutes for a megabyte. */
  @ParameterizedTest
  @ValueSource(strings = {"<", "<script", "class=\"bloc2\"", "class=\"bloc2\">"})
  void hostilePage_isReadSoon(String piece) {
    String page = "<html>" + piece.repeat(2_000_000 / piece.length());
    assertThat(assertTimeoutPreemptively(SOON, () -> refusalOf(answer(200, text(page)))))
        .isInstanceOf(Refusal.Unavailable.class);
  }

  /** Answers every request with a page that does not end. */
  private static final class EndlessPages implements Transport {
    private final Endless endless = new Endless('a');

    @Override
    public WireAnswer send(WireRequest request) {
      return answer(200, new SequenceInputStream(text("<html>IP Locked #79</html>"), endless));
    }

    @Override
    public void close() {}
  }

  @Test
  void endlessPagesElsewhere_areReadForTheirBeginning() {
    var transport = new EndlessPages();
    URI host = URI.create("https://files.example.org");
    var wire = new Wire(Endpoint.of(host, new ApiKey("key")), transport, "test", _ -> {});
    var address = new TransferCalls.DownloadAddress(host.resolve("/p1"));
    assertThatThrownBy(() -> wire.download(address, 0, -1))
        .hasMessageStartingWith("IP Locked #79 aaa");
    assertThatThrownBy(() -> new PublicPages(wire).check(List.of("a", "b")))
        .hasMessageContaining("IP Locked #79");
    assertThat(transport.endless.given).isLessThanOrEqualTo(2L * Answers.PAGE_BYTES);
  }
}
