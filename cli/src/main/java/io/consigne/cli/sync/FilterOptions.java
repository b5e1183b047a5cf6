package io.consigne.cli.sync;

import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Habits;
import io.consigne.cli.talk.Problem;
import io.consigne.client.sync.Filter;
import io.consigne.client.sync.Filter.Rule;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which files a command is about. */
final class FilterOptions {
  @Option(
      names = "--filter-from",
      paramLabel = "FILE",
      description = "Lines \"+ PATTERN\" and \"- PATTERN\"; the first that fits decides.")
  @Nullable Path filterFrom;

  @Option(
      names = "--exclude",
      paramLabel = "PATTERN",
      description = "Leave these files alone, such as *.tmp or cache/.")
  List<String> exclude = new ArrayList<>();

  @Option(names = "--include", paramLabel = "PATTERN", description = "These files and no others.")
  List<String> include = new ArrayList<>();

  @Option(
      names = "--min-size",
      paramLabel = "SIZE",
      converter = Habits.SizeConverter.class,
      description = "Only files of at least this size, such as 10M.")
  @Nullable Long minSize;

  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      converter = Habits.SizeConverter.class,
      description = "Only files of at most this size.")
  @Nullable Long maxSize;

  @Option(
      names = "--min-age",
      paramLabel = "TIME",
      converter = Habits.TimeConverter.class,
      description = "Only files changed at least this long ago, such as 2h.")
  @Nullable Duration minAge;

  @Option(
      names = "--max-age",
      paramLabel = "TIME",
      converter = Habits.TimeConverter.class,
      description = "Only files changed at most this long ago.")
  @Nullable Duration maxAge;

  /** What the options say, at a moment. */
  Filter filter(Instant now) throws IOException {
    var sizes =
        new Filter.Sizes(minSize == null ? 0 : minSize, maxSize == null ? Long.MAX_VALUE : maxSize);
    var times =
        new Filter.Times(
            maxAge == null ? Instant.MIN : now.minus(maxAge),
            minAge == null ? Instant.MAX : now.minus(minAge));
    try {
      return new Filter(rules(), sizes, times);
    } catch (IllegalArgumentException e) {
      throw new Problem(Exit.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private List<Rule> rules() throws IOException {
    var rules = new ArrayList<Rule>();
    if (filterFrom != null) {
      rules.addAll(Filter.read(filterFrom));
    }
    exclude.forEach(pattern -> rules.add(Rule.exclude(pattern)));
    include.forEach(pattern -> rules.add(Rule.include(pattern)));
    if (!include.isEmpty()) {
      rules.add(Rule.exclude("**"));
    }
    return rules;
  }
}
