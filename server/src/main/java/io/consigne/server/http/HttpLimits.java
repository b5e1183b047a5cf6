package io.consigne.server.http;

import java.time.Duration;

/**
 * How much of its memory, connections and time the listener gives to clients.
 *
 * @param headerBytes request line and headers together
 * @param headers how many headers
 * @param headerTime from the first byte of a request until its last header has arrived
 * @param idleRead how long a request body may rest without a byte
 * @param slowestBytes how many bytes of a request body must come in {@code idleRead}, so that a
 *     client that drips does not keep its place for ever
 * @param idleWrite how long a client may take no byte of its answer; a player that is paused takes
 *     none
 * @param keepAlive how long a connection may stay open between two requests
 * @param connections how many at once; more wait in the system's queue
 * @param sharePercent how many of the connections that all others leave one address may hold, in
 *     percent, rounded up; IPv6 counts by /64. What is beyond is closed
 * @param drainTime how long the rest of a refused body is read, at most
 */
public record HttpLimits(
    int headerBytes,
    int headers,
    Duration headerTime,
    Duration idleRead,
    int slowestBytes,
    Duration idleWrite,
    Duration keepAlive,
    int connections,
    int sharePercent,
    Duration drainTime) {

  /** How much of a body is read that nobody takes, before the refusal is sent, in bytes. */
  static final long REFUSED_BODY_BYTES = 64L * 1024 * 1024;

  /** How much of a request is read behind its answer, for the sake of the next one, in bytes. */
  static final int LINGER_BYTES = 16 * 1024 * 1024;

  /** The buffers of a connection, one to read and one to write, in bytes each. */
  static final int SOCKET_BUFFER_BYTES = 32 * 1024;

  /** How many fields a query or a posted form has at most. */
  public static final int FORM_FIELDS = 1000;

  /** The limits that hold unless something else is configured. */
  public static final HttpLimits DEFAULTS =
      new HttpLimits(
          16 * 1024,
          100,
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          4 * 1024,
          Duration.ofMinutes(5),
          Duration.ofSeconds(100),
          2048,
          67,
          Duration.ofHours(1));

  /** Refuses limits under which nothing could be answered. */
  public HttpLimits {
    positive("headerBytes", headerBytes);
    positive("headers", headers);
    positive("connections", connections);
    positive("sharePercent", sharePercent);
    positive("headerTime", headerTime.toMillis());
    positive("idleRead", idleRead.toMillis());
    positive("slowestBytes", slowestBytes);
    positive("idleWrite", idleWrite.toMillis());
    positive("keepAlive", keepAlive.toMillis());
    positive("drainTime", drainTime.toMillis());
  }

  private static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be positive: " + value);
    }
  }
}
