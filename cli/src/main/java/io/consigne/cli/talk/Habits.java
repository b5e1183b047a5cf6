package io.consigne.cli.talk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that all commands of a client have. */
public final class Habits {
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Whose files, where a path names no profile.")
  @Nullable String profile;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress and no notes; errors only.")
  boolean quiet;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      defaultValue = "20m",
      converter = TimeConverter.class,
      description = "The longest wait for a host's limits. Default: ${DEFAULT-VALUE}")
  Duration longestWait;

  @Option(
      names = "--cacert",
      paramLabel = "FILE",
      description = "Trust these authorities alone, in PEM, at hosts of your own.")
  @Nullable Path authorities;

  /** Whose files, where a path names no profile; null for the default. */
  public @Nullable String profile() {
    return profile;
  }

  /** Whom to trust at hosts other than 1fichier.com; null for whom the JDK trusts. */
  public @Nullable Path authorities() {
    return authorities;
  }

  /** What must wait longer fails instead. */
  public Duration longestWait() {
    return longestWait;
  }

  /** Reads {@code 500}, {@code 10k}, {@code 10M} or {@code 2G}, in steps of 1024. */
  public static final class SizeConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      if (!text.matches("[0-9]{1,9}[kKmMgGtT]?")) {
        throw new TypeConversionException("not a size such as 500, 10k, 10M or 2G: " + text);
      }
      int unit = "kmgt".indexOf(text.substring(text.length() - 1).toLowerCase(Locale.ROOT));
      return unit < 0
          ? Long.parseLong(text)
          : Long.parseLong(text.substring(0, text.length() - 1)) << (10 * (unit + 1));
    }
  }

  /** Reads {@code 30s}, {@code 20m}, {@code 2h} or {@code 90d}. */
  public static final class TimeConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      if (!text.matches("[0-9]{1,6}[smhd]")) {
        throw new TypeConversionException("not a time such as 30s, 20m, 2h or 90d: " + text);
      }
      long number = Long.parseLong(text.substring(0, text.length() - 1));
      return switch (text.charAt(text.length() - 1)) {
        case 's' -> Duration.ofSeconds(number);
        case 'm' -> Duration.ofMinutes(number);
        case 'h' -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
  }
}
