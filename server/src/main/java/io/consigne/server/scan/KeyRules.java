package io.consigne.server.scan;

import io.consigne.core.keys.ApiKey;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a key looks like, in a text of a few thousand characters. */
final class KeyRules {
  private static final double RANDOM_ENTROPY = 3.5;

  /**
   * 32 characters that are not a part of something longer; {@code =} stands before a value, too.
   */
  private static final String VALUE =
      "(?<![A-Za-z0-9_-])([A-Za-z0-9_-]{30}[A-Za-z0-9_=-]{2})(?![A-Za-z0-9_=-])";

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              FoundKey.Kind.CONSIGNE,
              Pattern.compile("(csg_[0-9A-Za-z]{28})"),
              text -> ApiKey.parse(text).isPresent()),
          new Rule(
              FoundKey.Kind.FICHIER,
              Pattern.compile("(?i:fichier)[^\\r\\n]{0,100}?" + VALUE),
              KeyRules::isRandom),
          new Rule(
              FoundKey.Kind.FICHIER,
              Pattern.compile(
                  "(?m)^[ \\t]*type[ \\t]*=[ \\t]*fichier[ \\t]*\\r?\\n"
                      + "(?:(?!\\[).{0,200}\\r?\\n){0,10}?[ \\t]*api_key[ \\t]*=[ \\t]*"
                      + VALUE),
              KeyRules::isRandom),
          new Rule(
              FoundKey.Kind.FICHIER,
              Pattern.compile(
                  "(?m)^[ \\t]*api_key[ \\t]*=[ \\t]*"
                      + VALUE
                      + "[ \\t]*\\r?\\n(?:(?!\\[).{0,200}\\r?\\n){0,10}?"
                      + "[ \\t]*type[ \\t]*=[ \\t]*fichier\\b"),
              KeyRules::isRandom));

  private KeyRules() {}

  /** Every place in the text that looks like a key, in no order, perhaps the same one twice. */
  static Stream<Place> find(String text) {
    return RULES.stream()
        .flatMap(rule ->
            rule.pattern()
                .matcher(text)
                .results()
                .filter(hit -> rule.isKey().test(hit.group(1)))
                .map(hit -> Place.of(rule.kind(), hit)));
  }

  /** Random text has both cases and many different characters; names and hashes have not. */
  private static boolean isRandom(String value) {
    return value.chars().anyMatch(Character::isUpperCase)
        && value.chars().anyMatch(Character::isLowerCase)
        && !value.startsWith(ApiKey.PREFIX)
        && entropy(value) >= RANDOM_ENTROPY;
  }

  /** Bits a character. */
  static double entropy(String value) {
    int[] counts = new int[128];
    value.chars().forEach(c -> counts[c]++);
    return IntStream.of(counts)
        .filter(count -> count > 0)
        .mapToDouble(count -> (double) count / value.length())
        .map(share -> -share * Math.log(share) / Math.log(2))
        .sum();
  }

  private record Rule(FoundKey.Kind kind, Pattern pattern, Predicate<String> isKey) {}

  /** Where in the text a key is, and where what the rule looked at begins and ends. */
  record Place(FoundKey.Kind kind, String secret, int at, int from, int to) {
    static Place of(FoundKey.Kind kind, MatchResult hit) {
      return new Place(kind, hit.group(1), hit.start(1), hit.start(), hit.end());
    }
  }
}
