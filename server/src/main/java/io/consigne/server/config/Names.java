package io.consigne.server.config;

import static java.util.Comparator.comparingInt;

import java.util.Collection;
import java.util.stream.IntStream;

/** Finds the name that somebody probably meant. */
final class Names {
  private static final int MOST_EDITS = 4;

  private Names() {}

  /** A sentence for the end of a message, or nothing if no known name is near. */
  static String suggestion(String name, Collection<String> known) {
    return known.stream()
        .min(comparingInt(candidate -> edits(name, candidate)))
        .filter(nearest -> edits(name, nearest) <= Math.min(MOST_EDITS, name.length() / 2))
        .map(nearest -> "; did you mean " + nearest + "?")
        .orElse("");
  }

  /** How many letters must be inserted, removed or replaced to make one out of the other. */
  private static int edits(String from, String to) {
    int[] previous = IntStream.rangeClosed(0, to.length()).toArray();
    for (int i = 1; i <= from.length(); i++) {
      int[] current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
