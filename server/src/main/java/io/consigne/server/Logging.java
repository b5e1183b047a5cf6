package io.consigne.server;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * The log: lines on standard error, warnings of libraries and everything of the host's own. What
 * looks like a key or a download address is blotted out, wherever it comes from.
 */
public final class Logging extends ContextAwareBase implements Configurator {
  private static final String PATTERN =
      "%replace(%replace(%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0}: %msg%n%ex)"
          + "{'csg_[0-9A-Za-z]{20,}', 'csg_…'}){'/p[0-9A-Za-z]{60,}', '/p…'}%nopex";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    context.getLogger("io.consigne").setLevel(Level.INFO);
    // Misses a virtual host, of which the listener has none on purpose.
    context.getLogger("org.apache.catalina.mapper.MapperListener").setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
