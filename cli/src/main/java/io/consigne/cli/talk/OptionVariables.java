package io.consigne.cli.talk;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every option as a variable of the environment: {@code --if-exists} is {@code
 * CONSIGNE_CLI_IF_EXISTS}. A flag is on for {@code 1}, {@code true} or {@code yes}. Of an option
 * that may be repeated the variable has the values on a line each.
 */
public final class OptionVariables implements IDefaultValueProvider {
  private static final String PREFIX = "CONSIGNE_CLI_";

  /** Neither an argument nor a variable of a process has it, so that nothing is split by chance. */
  private static final String BETWEEN = "\0";

  private final Surroundings around;

  private OptionVariables(Surroundings around) {
    this.around = around;
  }

  /** Lets a command, and those below it, look into the variables. */
  public static CommandLine in(Surroundings around, CommandLine command) {
    takeSeveral(command);
    return command.setDefaultValueProvider(new OptionVariables(around));
  }

  /** A default is one text; that of an option for several values is split. */
  private static void takeSeveral(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    List<OptionSpec> options = List.copyOf(spec.options());
    if (options.stream().anyMatch(OptionSpec::isMultiValue)) {
      options.forEach(spec::remove);
      options.forEach(option -> spec.add(option.isMultiValue() ? splitting(option) : option));
    }
    command.getSubcommands().values().forEach(OptionVariables::takeSeveral);
  }

  private static OptionSpec splitting(OptionSpec option) {
    return OptionSpec.builder(option).splitRegex(BETWEEN).hideParamSyntax(true).build();
  }

  /** The variable of an option, of any command that has it. */
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
    if (value == null) {
      return null;
    }
    if (option.isMultiValue()) {
      return value.lines().filter(line -> !line.isBlank()).collect(Collectors.joining(BETWEEN));
    }
    return option.type().equals(boolean.class) ? Boolean.toString(isOn(value)) : value;
  }
}
