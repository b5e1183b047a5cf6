package io.consigne.cli.doctor;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What was found about one thing.
 *
 * @param about one word for it
 * @param grade how it is
 * @param text how it is, in a few words
 * @param next what to do about it; empty if nothing
 */
record Finding(String about, Grade grade, String text, String next) {
  /** How something is. */
  enum Grade {
    /** As it should be. */
    OK,
    /** It works, but not for long, or not well. */
    WARN,
    /** It does not work. */
    FAIL,
    /** It cannot be told; the text says why. */
    UNKNOWN
  }

  static Finding ok(String about, String text) {
    return new Finding(about, Grade.OK, text, "");
  }

  static Finding warn(String about, String text, String next) {
    return new Finding(about, Grade.WARN, text, next);
  }

  static Finding fail(String about, String text, String next) {
    return new Finding(about, Grade.FAIL, text, next);
  }

  static Finding unknown(String about, String why) {
    return new Finding(about, Grade.UNKNOWN, why, "");
  }

  /** The same with more words on how it is. */
  Finding and(String more) {
    return new Finding(about, grade, text + more, next);
  }

  String line() {
    String mark = grade == Grade.UNKNOWN ? "?" : word();
    return "%-4s  %-12s  %s%s".formatted(mark, about, text, next.isEmpty() ? "" : "; " + next);
  }

  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("about", about);
    json.put("grade", word());
    json.put("text", text);
    if (!next.isEmpty()) {
      json.put("next", next);
    }
    return json;
  }

  private String word() {
    return grade.name().toLowerCase(Locale.ROOT);
  }
}
