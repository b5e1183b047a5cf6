package io.consigne.server.http;

import java.time.Duration;

/**
 * How much of its memory, connections and time the listener gives to clients.
 *
 * @param head of request line and headers
 * @param body of what a request brings
 * @param idleWrite how long a client may take no byte of its answer; a player that is paused takes
 *     none
 * @param keepAlive how long a connection may stay open between two requests
 * @param connections how many there are
 */
public record HttpLimits(
    Head head, Body body, Duration idleWrite, Duration keepAlive, Connections connections) {

  /** How much of a body is read that nobody takes, before the refusal is sent, in bytes. */
  static final long REFUSED_BODY_BYTES = 64L * 1024 * 1024;

  /** How much of a request is read behind its answer, for the sake of the next one, in bytes. */
  static final int LINGER_BYTES = 16 * 1024 * 1024;

  /** The buffers of a connection, one to read and one to write, in bytes each. */
  static final int SOCKET_BUFFER_BYTES = 32 * 1024;

  /** How many fields a query or a posted form has at most. */
  public static final int FORM_FIELDS = 1000;

  /**
   * How long a certificate of the host's own making is good: longer ones are refused by some
   * systems (825 days at most).
   */
  static final Duration OWN_CERTIFICATE_LIFE = Duration.ofDays(820);

  /** How long before its end it is replaced. */
  public static final Duration OWN_CERTIFICATE_LEFT = Duration.ofDays(30);

  /** The limits that hold unless something else is configured. */
  public static final HttpLimits DEFAULTS =
      new HttpLimits(
          new Head(16 * 1024, 100, Duration.ofSeconds(20)),
          new Body(Duration.ofSeconds(60), 4 * 1024, Duration.ofHours(1)),
          Duration.ofMinutes(5),
          Duration.ofSeconds(100),
          new Connections(2048, 67));

  /** Refuses limits under which nothing could be answered. */
  public HttpLimits {
    positive("idleWrite", idleWrite.toMillis());
    positive("keepAlive", keepAlive.toMillis());
  }

  /**
   * Limits of request line and headers.
   *
   * @param bytes all of them together
   * @param headers how many headers
   * @param time from the first byte of a request until its last header has arrived; before it, as
   *     much again from the connection until TLS is agreed on
   */
  public record Head(int bytes, int headers, Duration time) {
    /** Refuses limits under which nothing could be answered. */
    public Head {
      positive("bytes", bytes);
      positive("headers", headers);
      positive("time", time.toMillis());
    }
  }

  /**
   * Limits of what a request brings.
   *
   * @param idle how long a body may rest without a byte
   * @param slowestBytes how many bytes of a body must come in {@code idle}, so that a client that
   *     drips does not keep its place for ever
   * @param drain how long the rest of a refused body is read, at most
   */
  public record Body(Duration idle, int slowestBytes, Duration drain) {
    /** Refuses limits under which nothing could be read. */
    public Body {
      positive("idle", idle.toMillis());
      positive("slowestBytes", slowestBytes);
      positive("drain", drain.toMillis());
    }
  }

  /**
   * How many connections there are.
   *
   * @param most how many at once; more wait in the system's queue
   * @param sharePercent how many of the connections that all others leave one address may hold, in
   *     percent, rounded up; IPv6 counts by /64. What is beyond is closed
   * @param slow who is cut off when there are few left
   */
  public record Connections(int most, int sharePercent, Slow slow) {
    /** Refuses limits under which nobody could connect. */
    public Connections {
      positive("most", most);
      positive("sharePercent", sharePercent);
    }

    /** 1 KiB a second in five minutes is the least, while four of five are taken. */
    public Connections(int most, int sharePercent) {
      this(most, sharePercent, new Slow(80, 300 * 1024, Duration.ofMinutes(5)));
    }
  }

  /**
   * Whose answers are cut off.
   *
   * @param scarcePercent while how many of the connections are taken, in percent
   * @param bytes if less is taken than this
   * @param time while the host waits so long for the client in all
   */
  public record Slow(int scarcePercent, int bytes, Duration time) {
    /** Refuses what would end everything. */
    public Slow {
      positive("scarcePercent", scarcePercent);
      positive("time", time.toMillis());
    }
  }

  private static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive: " + value);
    }
  }
}
