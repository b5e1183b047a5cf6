package io.consigne.e2e.syscalls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/**
 * One request on a connection of its own, by which it is found in the log, and its answer.
 *
 * @param port of the client
 * @param status the first line of the answer
 */
record Exchange(int port, String status) {

  /** Sends a request to a port of this machine and waits for the answer. */
  static Exchange send(int port, byte[] head, byte[] body) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(head);
      socket.getOutputStream().write(body);
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return new Exchange(socket.getLocalPort(), answer.lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The call by which the host took the connection. */
  SystemCall accepted(List<SystemCall> calls) {
    return first(
        calls,
        call ->
            call.name().startsWith("accept") && call.arguments().contains("htons(" + port + ")"));
  }

  /** The call that begins the answer. */
  SystemCall answer(List<SystemCall> calls) {
    return first(
        calls,
        call ->
            call.isWrite()
                && call.file().contains("->")
                && call.file().endsWith(":" + port + "]")
                && call.arguments().contains("\"HTTP/1.1 "));
  }

  private SystemCall first(List<SystemCall> calls, Predicate<SystemCall> wanted) {
    return calls.stream()
        .filter(wanted)
        .findFirst()
        .orElseThrow(() -> new AssertionError("the log has nothing of " + this));
  }
}
