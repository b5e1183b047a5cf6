package io.consigne.server.http;

import org.apache.juli.logging.Log;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what Tomcat logs to slf4j, found by Tomcat as a service. What Tomcat calls information is
 * detail here, told without the texts of exceptions, in which requests are cited; and its details
 * are not told at all, since they cite requests whole. A request may carry a key.
 */
public final class TomcatLog implements Log {
  private final Logger logger;

  /** For the service loader, which makes one to find the class. */
  public TomcatLog() {
    this("org.apache.tomcat");
  }

  /** For Tomcat, which makes one for each of its names. */
  public TomcatLog(String name) {
    this.logger = LoggerFactory.getLogger(name);
  }

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  @Override
  public boolean isErrorEnabled() {
    return logger.isErrorEnabled();
  }

  @Override
  public boolean isFatalEnabled() {
    return logger.isErrorEnabled();
  }

  @Override
  public boolean isInfoEnabled() {
    return logger.isDebugEnabled();
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isWarnEnabled() {
    return logger.isWarnEnabled();
  }

  @Override
  public void trace(Object message) {}

  @Override
  public void trace(Object message, @Nullable Throwable thrown) {}

  @Override
  public void debug(Object message) {}

  @Override
  public void debug(Object message, @Nullable Throwable thrown) {}

  @Override
  public void info(Object message) {
    logger.debug("{}", message);
  }

  @Override
  public void info(Object message, @Nullable Throwable thrown) {
    logger.debug("{} ({})", message, thrown == null ? "" : thrown.getClass().getName());
  }

  @Override
  public void warn(Object message) {
    logger.warn("{}", message);
  }

  @Override
  public void warn(Object message, @Nullable Throwable thrown) {
    logger.warn("{}", message, thrown);
  }

  @Override
  public void error(Object message) {
    logger.error("{}", message);
  }

  @Override
  public void error(Object message, @Nullable Throwable thrown) {
    logger.error("{}", message, thrown);
  }

  @Override
  public void fatal(Object message) {
    logger.error("{}", message);
  }

  @Override
  public void fatal(Object message, @Nullable Throwable thrown) {
    logger.error("{}", message, thrown);
  }
}
