package io.consigne.cli.files;

import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import java.util.Locale;
import java.util.function.Predicate;

/** What to do with a name that is taken. */
enum IfExists {
  /** Leave what is there. */
  SKIP,
  /** Put the new one in its place, once it is whole. */
  REPLACE,
  /** Give the new one another name. */
  RENAME,
  /** Stop before anything is moved. */
  FAIL;

  /** What somebody is told who stopped a command: how to go on with it. */
  String afterStop() {
    return switch (this) {
      case SKIP -> "what is whole is there, and the same command goes on with the rest";
      case FAIL -> "what is whole is there, and --if-exists skip goes on with the rest";
      case REPLACE, RENAME -> "what is whole is there, and the same command moves it again";
    };
  }

  /**
   * The same of a folder that goes to a place that was not there: put or got again, it would go
   * into what the first run made.
   */
  static String afterStop(String from, String to) {
    return "what is whole is there, and \"consigne sync %s %s\" goes on with the rest"
        .formatted(quoted(from), quoted(to));
  }

  /**
   * The same where files are in parts, which sync does not know: what is in the folder is moved.
   */
  static String afterStop(String from) {
    return "what is whole is there, and the same command goes on with the rest, with"
        + " --if-exists skip and %s in place of %s".formatted(quoted(from + "/."), quoted(from));
  }

  /** Something is there, and {@code --if-exists} does not say what to do. */
  static Problem exists(Object target, String moved) {
    return new Problem(
        Exit.CONFLICT,
        "exists already, nothing was %s: %s".formatted(moved, target),
        "say --if-exists skip, replace or rename");
  }

  /** Two of what one command moves would get one name, which nothing but another name helps. */
  static Problem twice(Object target, String one, String other) {
    return twice(target, one, other, "say --if-exists rename");
  }

  /** The same where no other name is given to one. */
  static Problem twice(Object target, String one, String other, String next) {
    return one.equals(other)
        ? new Problem(Exit.CONFLICT, one + " is named twice, nothing was done", "")
        : new Problem(
            Exit.CONFLICT,
            "%s and %s would both be %s, nothing was done".formatted(one, other, target),
            next);
  }

  /** Whether a name means what is in a folder, and not the folder. */
  static boolean isContents(String name) {
    return name.endsWith("/.");
  }

  /** As a shell reads it as one word. */
  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_.,:/@%+=-]+")
        ? word
        : "'" + Amount.shown(word).replace("'", "'\\''") + "'";
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The first of {@code a (1).txt}, {@code a (2).txt} … that is free. */
  static String freeName(String name, Predicate<String> isTaken) {
    int dot = name.lastIndexOf('.');
    String stem = dot <= 0 ? name : name.substring(0, dot);
    String end = dot <= 0 ? "" : name.substring(dot);
    for (int number = 1; ; number++) {
      String free = "%s (%d)%s".formatted(stem, number, end);
      if (!isTaken.test(free)) {
        return free;
      }
    }
  }
}
