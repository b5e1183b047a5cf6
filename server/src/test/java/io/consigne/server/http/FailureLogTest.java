package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log says of requests that failed. */
class FailureLogTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(Dispatch.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(log);
  }

  private List<ILoggingEvent> errors() {
    return log.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .toList();
  }

  @Test
  void failure_is_logged_with_its_trace_and_without_secrets() throws Exception {
    try (Listener listener =
            Listening.to(exchange -> {
              throw new IOException("disk broke");
            });
        Wire wire = new Wire(listener)) {
      wire.send("GET /dir/secret?pass=secret HTTP/1.1|Host: a|Authorization: Bearer secret||");
      wire.answer();
    }
    assertThat(errors())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getFormattedMessage()).isEqualTo("GET /dir/ failed");
          assertThat(event.getThrowableProxy().getMessage()).isEqualTo("disk broke");
        });
  }

  @Test
  void client_that_goes_away_is_no_failure() throws Exception {
    try (Listener listener =
        Listening.to(exchange -> {
          while (true) {
            exchange.output().write(new byte[1 << 16]);
          }
        })) {
      try (Wire wire = new Wire(listener)) {
        wire.send("GET / HTTP/1.1|Host: a||").head();
      }
      listener.stop(java.time.Duration.ofSeconds(20));
    }
    assertThat(errors()).isEmpty();
  }

  /** The library wraps what its output throws. */
  @Test
  void client_that_goes_away_from_json_is_no_failure() throws Exception {
    try (Listener listener =
        Listening.to(exchange ->
            JsonOutput.send(
                exchange,
                200,
                false,
                json -> {
                  json.writeStartArray();
                  while (true) {
                    json.writeString("some text of a long list");
                  }
                }))) {
      try (Wire wire = new Wire(listener)) {
        wire.send("GET / HTTP/1.1|Host: a||").head();
      }
      listener.stop(java.time.Duration.ofSeconds(20));
    }
    assertThat(errors()).isEmpty();
  }
}
