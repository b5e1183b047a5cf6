package io.consigne.cli.talk;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every option as a variable of the environment: {@code --if-exists} is {@code
 * CONSIGNE_CLI_IF_EXISTS}. A flag is on for {@code 1}, {@code true} or {@code yes}.
 */
public final class OptionVariables implements IDefaultValueProvider {
  private static final String PREFIX = "CONSIGNE_CLI_";

  private final Surroundings around;

  /** Looks into these variables. */
  public OptionVariables(Surroundings around) {
    this.around = around;
  }

  /** The variable of an option. */
  public static String name(String option) {
    return PREFIX + option.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /** Whether the value of a variable switches a flag on. */
  public static boolean isOn(String value) {
    return value.matches("(?i)1|true|yes");
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || option.usageHelp()) {
      return null;
    }
    String value = around.variable(name(option.longestName())).orElse(null);
    return value != null && option.type().equals(boolean.class)
        ? Boolean.toString(isOn(value))
        : value;
  }
}
