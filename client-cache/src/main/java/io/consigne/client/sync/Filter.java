package io.consigne.client.sync;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which files a run is about. Others are left alone on both sides.
 *
 * @param rules of which the first that fits a path decides; none that fits means: taken
 * @param sizes in bytes, both ends included
 * @param modified times, both ends included
 * @param model whose size and time count where both sides have a file
 */
public record Filter(List<Rule> rules, Sizes sizes, Times modified, Model model) {
  /** All files. */
  public static final Filter ALL = new Filter(List.of(), Sizes.ANY, Times.ANY);

  /** Copies. */
  public Filter {
    rules = List.copyOf(rules);
  }

  /**
   * For a run that makes the host's folder as the local one is.
   *
   * @param rules of which the first that fits a path decides
   * @param sizes in bytes
   * @param modified times
   */
  public Filter(List<Rule> rules, Sizes sizes, Times modified) {
    this(rules, sizes, modified, Model.LOCAL);
  }

  /**
   * The same for another model.
   *
   * @param other as which the other side is made
   * @return a copy
   */
  public Filter of(Model other) {
    return new Filter(rules, sizes, modified, other);
  }

  /** As which side the other one is made. */
  public enum Model {
    /** This machine's. */
    LOCAL,
    /** The host's; of several files of one name, the newest. */
    REMOTE
  }

  /**
   * Sizes from and to.
   *
   * @param leastBytes that are taken
   * @param mostBytes that are taken
   */
  public record Sizes(long leastBytes, long mostBytes) {
    /** Any. */
    public static final Sizes ANY = new Sizes(0, Long.MAX_VALUE);
  }

  /**
   * Times from and to.
   *
   * @param first that is taken
   * @param last that is taken
   */
  public record Times(Instant first, Instant last) {
    /** Any. */
    public static final Times ANY = new Times(Instant.MIN, Instant.MAX);
  }

  /**
   * Takes or leaves what fits a pattern: {@code *} and {@code ?} do not go over a slash, {@code **}
   * does, {@code [a-z]}, {@code [!a-z]} and {@code {a,b}} are alternatives; a backslash takes what
   * follows as it is. A slash in front means the top folder; without it, the pattern may begin at
   * any folder. A slash at the end means all below a folder.
   *
   * @param takes whether what fits is taken
   * @param pattern of the whole path
   */
  public record Rule(boolean takes, Pattern pattern) {
    /**
     * Takes what fits.
     *
     * @param glob a pattern as above
     * @return the rule
     * @throws IllegalArgumentException if it is no pattern, such as with a bracket that is not shut
     */
    public static Rule include(String glob) {
      return new Rule(true, Globs.pattern(glob));
    }

    /**
     * Leaves what fits.
     *
     * @param glob a pattern as above
     * @return the rule
     * @throws IllegalArgumentException if it is no pattern, such as with a bracket that is not shut
     */
    public static Rule exclude(String glob) {
      return new Rule(false, Globs.pattern(glob));
    }

    @SuppressWarnings("JdkObsolete") // whether more of a path could make it fit is what is asked
    private boolean mayFitBelow(String folder) {
      Matcher matcher = pattern.matcher(folder + "/");
      return matcher.matches() || matcher.hitEnd();
    }

    /** Only what takes any name fits these: no name has a zero in it. */
    private boolean fitsAllBelow(String folder) {
      return Stream.of("/\0", "/\0/\0")
          .allMatch(below -> pattern.matcher(folder + below).matches());
    }
  }

  /**
   * The rules of a file: lines {@code + GLOB} and {@code - GLOB}; empty ones and those that begin
   * with {@code #} count for nothing.
   *
   * @param file of text in UTF-8
   * @return the rules, in the order of the lines
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if a line is no rule, or the file no text
   */
  public static List<Rule> read(Path file) throws IOException {
    var rules = new ArrayList<Rule>();
    for (String line : lines(file)) {
      String text = line.strip();
      if (text.startsWith("+ ")) {
        rules.add(Rule.include(text.substring(2).strip()));
      } else if (text.startsWith("- ")) {
        rules.add(Rule.exclude(text.substring(2).strip()));
      } else if (!text.isEmpty() && !text.startsWith("#")) {
        throw new IllegalArgumentException(
            "a line of %s must begin with \"+ \" or \"- \": %s".formatted(file, text));
      }
    }
    return rules;
  }

  /** Without the mark that some editors put in front. */
  private static List<String> lines(Path file) throws IOException {
    try {
      return Files.readString(file).replaceFirst("^\ufeff", "").lines().toList();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("is no text in UTF-8: " + file, e);
    }
  }

  /**
   * Whether a file is taken.
   *
   * @param path below the top folder, without a slash in front
   * @param sizeBytes its length
   * @param time its modification time, or null: not known, which fits
   * @return whether size and time are within, and no rule leaves it
   */
  public boolean takes(String path, long sizeBytes, @Nullable Instant time) {
    return sizeBytes >= sizes.leastBytes()
        && sizeBytes <= sizes.mostBytes()
        && (time == null || !(time.isBefore(modified.first()) || time.isAfter(modified.last())))
        && rules.stream()
            .filter(rule -> rule.pattern().matcher(path).matches())
            .findFirst()
            .map(Rule::takes)
            .orElse(true);
  }

  /** Whether it is sure that rules leave all that a folder may have, on all levels. */
  boolean leavesAllBelow(String folder) {
    return rules.stream()
        .filter(rule -> rule.takes() ? rule.mayFitBelow(folder) : rule.fitsAllBelow(folder))
        .findFirst()
        .map(rule -> !rule.takes())
        .orElse(false);
  }
}
