package io.consigne.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers that are not complete, which every client must notice. */
@Timeout(60)
class AbortedAnswerTest {
  private static final String GET = "GET / HTTP/1.1|Host: a||";
  private static final int SIZE = 1 << 20;

  @TempDir Path directory;

  private static void half(Exchange exchange) throws IOException {
    exchange.header("Content-Length", Integer.toString(SIZE));
    exchange.output().write(new byte[SIZE / 2]);
  }

  @Test
  void abort_resets_the_connection() throws Exception {
    try (Listener listener =
            Listening.to(exchange -> {
              half(exchange);
              exchange.abort();
            });
        Wire wire = new Wire(listener)) {
      assertThat(wire.send(GET).head()).contains("Content-Length: " + SIZE);
      assertThatThrownBy(() -> wire.in().readAllBytes()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void abort_before_the_answer_sends_nothing_of_it() throws Exception {
    try (Listener listener =
            Listening.to(exchange -> {
              exchange.header("Content-Length", "10");
              exchange.output().write(new byte[9]);
              assertThat(exchange.startedResponse()).isFalse();
              exchange.abort();
              assertThat(exchange.startedResponse()).isTrue();
            });
        Wire wire = new Wire(listener)) {
      assertThat(wire.send(GET).closed()).isTrue();
    }
  }

  /** Also where nobody aborts it: whoever reads what came does not take it for all. */
  @Test
  void json_that_fails_midway_is_never_closed() throws Exception {
    for (int size = 60_000; size < 80_000; size += 1_000) {
      String text = "x".repeat(size);
      try (Listener listener =
              Listening.to(exchange -> {
                assertThatThrownBy(() ->
                        JsonOutput.send(
                            exchange,
                            200,
                            false,
                            json -> {
                              json.writeStartArray();
                              json.writeString(text);
                              throw new IllegalStateException("midway");
                            }))
                    .hasMessage("midway");
              });
          Wire wire = new Wire(listener)) {
        assertThat(
                new String(wire.send("GET / HTTP/1.1|Host: a|Connection: close||").rest(), UTF_8))
            .doesNotContain("]");
      }
    }
  }

  @Test
  void answer_shorter_than_announced_is_aborted() throws Exception {
    try (Listener listener = Listening.to(AbortedAnswerTest::half);
        Wire wire = new Wire(listener)) {
      wire.send(GET).head();
      assertThat(wire.rest()).hasSizeLessThanOrEqualTo(SIZE / 2);
    }
  }

  @Test
  void failure_in_the_middle_aborts() throws Exception {
    try (Listener listener =
            Listening.to(exchange -> {
              half(exchange);
              throw new IllegalStateException("disk broke");
            });
        Wire wire = new Wire(listener)) {
      wire.send(GET).head();
      assertThat(wire.rest()).hasSizeLessThanOrEqualTo(SIZE / 2);
    }
  }

  @Test
  void chunked_answer_that_is_aborted_has_no_end() throws Exception {
    try (Listener listener =
            Listening.to(exchange -> {
              exchange.output().write("some".getBytes(UTF_8));
              exchange.flush();
              exchange.abort();
            });
        Wire wire = new Wire(listener)) {
      assertThat(wire.send(GET).head()).contains("Transfer-Encoding: chunked");
      assertThat(new String(wire.rest(), UTF_8)).doesNotContain("0\r\n\r\n");
    }
  }

  @Test
  void curl_notices() throws Exception {
    try (Listener listener = Listening.to(AbortedAnswerTest::half)) {
      String url = "http://127.0.0.1:" + listener.port() + "/";
      assertThat(Commands.run(directory, "curl", "-sS", "--noproxy", "*", "-o", "got", url).code())
          .isIn(18, 56);
    }
  }

  @Test
  void curl_notices_over_tls() throws Exception {
    var certificates =
        Tls.selfSigned(directory.resolve("tls"), Tls.names(List.of()), InstantSource.system());
    try (Listener listener = Listening.over(certificates.tls(), AbortedAnswerTest::half)) {
      String url = "https://localhost:" + listener.port() + "/";
      String authority = certificates.authorityFile().toString();
      assertThat(
              Commands.run(
                      directory,
                      "curl",
                      "-sS",
                      "--noproxy",
                      "*",
                      "--cacert",
                      authority,
                      "-o",
                      "got",
                      url)
                  .code())
          .isIn(18, 56);
    }
  }

  @Test
  void client_that_goes_away_is_told_apart() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    try (Listener listener =
        Listening.to(exchange -> {
          try {
            while (true) {
              exchange.output().write(new byte[1 << 16]);
            }
          } catch (ClientGoneException e) {
            failure.complete(e);
            throw e;
          }
        })) {
      try (Wire wire = new Wire(listener)) {
        wire.send(GET).head();
      }
      assertThat(failure.get()).hasMessage("The client went away while taking its answer");
    }
  }

  @Test
  void body_that_ends_early_is_not_a_body() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    try (Listener listener =
        Listening.to(exchange -> {
          try {
            exchange.body().readAllBytes();
          } catch (ClientGoneException e) {
            failure.complete(e);
            throw e;
          }
        })) {
      try (Wire wire = new Wire(listener)) {
        wire.send("POST / HTTP/1.1|Host: a|Content-Length: 10||12345");
      }
      assertThat(failure.get()).isInstanceOf(ClientGoneException.class);
    }
  }
}
