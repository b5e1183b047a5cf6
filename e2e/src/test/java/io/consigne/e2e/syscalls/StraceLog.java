package io.consigne.e2e.syscalls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code strace -f -yy} wrote. A call that another thread's interrupted has two lines,
 * {@code … <unfinished ...>} and {@code <... resumed> …}.
 */
final class StraceLog {
  private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)", Pattern.DOTALL);
  private static final Pattern WHOLE = Pattern.compile("(\\w+)\\((.*)\\) += (-?\\d+).*");
  private static final Pattern BEGIN = Pattern.compile("(\\w+)\\((.*) <unfinished \\.\\.\\.>");
  private static final Pattern END =
      Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)\\) += (-?\\d+).*");

  private final Map<String, SystemCall> unfinished = new HashMap<>();
  private final List<SystemCall> calls = new ArrayList<>();

  private StraceLog() {}

  /** The calls in a log, in the order in which they began. */
  static List<SystemCall> read(Path log) {
    try {
      return read(Files.readAllLines(log, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The calls in the lines of a log, in the order in which they began. */
  static List<SystemCall> read(List<String> lines) {
    var log = new StraceLog();
    for (int number = 0; number < lines.size(); number++) {
      Matcher line = LINE.matcher(lines.get(number));
      if (line.matches()) {
        log.add(number, line.group(1), line.group(2));
      }
    }
    log.calls.addAll(log.unfinished.values());
    log.calls.sort(Comparator.comparingInt(SystemCall::begin));
    return List.copyOf(log.calls);
  }

  private void add(int number, String thread, String text) {
    Matcher begin = BEGIN.matcher(text);
    Matcher end = END.matcher(text);
    Matcher whole = WHOLE.matcher(text);
    if (begin.matches()) {
      unfinished.put(
          thread, new SystemCall(number, Integer.MAX_VALUE, begin.group(1), begin.group(2), -1));
    } else if (end.matches()) {
      SystemCall begun = unfinished.remove(thread);
      if (begun != null) {
        String arguments = begun.arguments() + end.group(1);
        long result = Long.parseLong(end.group(2));
        calls.add(new SystemCall(begun.begin(), number, begun.name(), arguments, result));
      }
    } else if (whole.matches()) {
      long result = Long.parseLong(whole.group(3));
      calls.add(new SystemCall(number, number, whole.group(1), whole.group(2), result));
    }
  }
}
