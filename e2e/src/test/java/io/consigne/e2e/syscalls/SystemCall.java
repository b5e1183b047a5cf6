package io.consigne.e2e.syscalls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A system call as {@code strace -f -yy} shows it. A call whose {@code end} is before the {@code
 * begin} of another was over when that began.
 *
 * @param begin where in the log it began
 * @param end where in the log it ended; {@code Integer.MAX_VALUE} if it did not
 * @param name such as {@code fsync}
 * @param arguments as in the log
 * @param result what it returned; negative if it failed
 */
record SystemCall(int begin, int end, String name, String arguments, long result) {
  private static final Set<String> SYNCS = Set.of("fsync", "fdatasync");
  private static final Set<String> WRITES =
      Set.of("write", "pwrite64", "writev", "pwritev", "pwritev2", "sendto", "sendmsg");
  private static final String ESCAPED = "tnvfr\"\\";
  private static final String MEANT = "\t\n\013\f\r\"\\";

  /** What the file descriptor in the first argument is: a path, or a connection. */
  String file() {
    int from = arguments.indexOf('<') + 1;
    if (from == 0 || !Character.isDigit(arguments.charAt(0))) {
      return "";
    }
    int comma = arguments.indexOf(">, ", from);
    String descriptor = comma < 0 ? arguments : arguments.substring(0, comma + 1);
    return descriptor.substring(from, descriptor.lastIndexOf('>'));
  }

  /** Whether it makes the bytes of {@link #file} durable, or the entries if that is a directory. */
  boolean isSync() {
    return result == 0 && SYNCS.contains(name);
  }

  /** Whether it writes to {@link #file}. */
  boolean isWrite() {
    return result >= 0 && WRITES.contains(name);
  }

  /** Where in the file it writes, for a {@code pwrite64}. */
  long offset() {
    return Long.parseLong(arguments.substring(arguments.lastIndexOf(", ") + 2));
  }

  /** The texts among the arguments, such as the two paths of a {@code rename}. */
  List<String> texts() {
    return strings().stream().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).toList();
  }

  /** The bytes that a write writes, unless the log shows only the first of them. */
  byte[] bytes() {
    byte[] shown = strings().getFirst();
    if (shown.length < result) {
      throw new IllegalStateException("the log shows only the first bytes of " + file());
    }
    return shown;
  }

  private List<byte[]> strings() {
    var strings = new ArrayList<byte[]>();
    for (int at = arguments.indexOf('"'); at >= 0; at = arguments.indexOf('"', at)) {
      var bytes = new ByteArrayOutputStream();
      for (at++; arguments.charAt(at) != '"'; ) {
        at = decode(at, bytes);
      }
      at++;
      strings.add(bytes.toByteArray());
    }
    return strings;
  }

  /** Takes one character at {@code at}, as C writes it; returns where the next one is. */
  private int decode(int at, ByteArrayOutputStream bytes) {
    char first = arguments.charAt(at);
    if (first != '\\') {
      bytes.write(first);
      return at + 1;
    }
    int escaped = ESCAPED.indexOf(arguments.charAt(at + 1));
    if (escaped >= 0) {
      bytes.write(MEANT.charAt(escaped));
      return at + 2;
    }
    int end = at + 1;
    int value = 0;
    while (end < at + 4 && Character.digit(arguments.charAt(end), 8) >= 0) {
      value = value * 8 + Character.digit(arguments.charAt(end), 8);
      end++;
    }
    bytes.write(value);
    return end;
  }

  @Override
  public String toString() {
    return name + "(" + arguments.substring(0, Math.min(200, arguments.length())) + ") = " + result;
  }
}
