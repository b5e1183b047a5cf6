package io.consigne.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The log holds no secret, wherever it comes from. */
class LoggingTest {
  private static final String KEY = "csg_0123456789ABCDEFGHIJabcdefgh";

  @Test
  void keysAndTokens_areBlottedOut_inMessagesAndTraces() {
    var context = new LoggerContext();
    var logging = new Logging();
    logging.setContext(context);
    logging.configure(context);
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    var console = (ConsoleAppender<ILoggingEvent>) root.iteratorForAppenders().next();
    var event =
        new LoggingEvent(
            "test",
            root,
            Level.WARN,
            "key {} of GET /p{}",
            new IllegalStateException("caused by " + KEY),
            new Object[] {KEY, "Az09".repeat(30)});
    String log = new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
    assertThat(log)
        .contains("key csg_… of", "GET /p…", "caused by csg_…", "IllegalStateException")
        .doesNotContain(KEY, KEY.substring(4));
  }
}
