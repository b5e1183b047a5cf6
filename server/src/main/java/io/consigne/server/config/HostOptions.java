package io.consigne.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * The options of {@link Options} on a command line, and with them {@code --config}. A command has
 * them as a mixin, {@code @Mixin final CommandSpec options = HostOptions.all();}, and, when it
 * runs, reads the configuration with its own {@code @Spec}, which has the options mixed in.
 */
public final class HostOptions {
  private static final String CONFIG_FLAG = "--config";

  private HostOptions() {}

  /** Every option. */
  public static CommandSpec all() {
    return of(Options.ALL);
  }

  /** Some options; the rest may still come from the environment and the file. */
  public static CommandSpec of(List<Option<?>> options) {
    var spec = CommandSpec.create();
    options.forEach(option -> spec.addOption(optionSpec(option)));
    spec.addOption(
        OptionSpec.builder(CONFIG_FLAG)
            .paramLabel("FILE")
            .type(Path.class)
            .description(
                "File with lines such as%n  listen = \"127.0.0.1:8080\"%n"
                    + "Default: ./%s if there is one. Variable: %s"
                        .formatted(ConfigSources.DEFAULT_FILE, Environment.CONFIG))
            .build());
    return spec;
  }

  /**
   * The configuration after the command line was parsed.
   *
   * @param command has {@link #all} or {@link #of} mixed in
   * @throws ParameterException if something given is unknown or has no valid value
   */
  public static HostConfig read(CommandSpec command, Map<String, String> environment) {
    try {
      return sources(command, environment).read();
    } catch (ConfigException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  /** The file of the configuration; empty if there is none. */
  public static Optional<Path> file(CommandSpec command, Map<String, String> environment) {
    return sources(command, environment).configFile().map(Path::toAbsolutePath);
  }

  private static ConfigSources sources(CommandSpec command, Map<String, String> environment) {
    Path file = command.findOption(CONFIG_FLAG).getValue();
    return new ConfigSources(flags(command), file, environment, Path.of(""));
  }

  /**
   * The duration in the value of a command's own option.
   *
   * @throws ParameterException if it is none
   */
  public static Duration duration(CommandSpec command, String flag, String text) {
    return value(command, flag, text, Format.duration());
  }

  /**
   * The bytes per second in the value of a command's own option.
   *
   * @throws ParameterException if they are no valid rate
   */
  public static long rate(CommandSpec command, String flag, String text) {
    return value(command, flag, text, Format.rate());
  }

  /**
   * The bytes in the value of a command's own option that takes {@code plan}, too; the caller has
   * taken that before.
   *
   * @throws ParameterException if they are no number of bytes
   */
  public static long sizeOrPlan(CommandSpec command, String flag, String text) {
    return value(command, flag, text, Format.sizeOrPlan());
  }

  /**
   * The number in the value of a command's own option that takes {@code plan}, too; the caller has
   * taken that before.
   *
   * @throws ParameterException if it is none
   */
  public static long numberOrPlan(CommandSpec command, String flag, String text) {
    return value(command, flag, text, Format.numberOrPlan());
  }

  private static <T> T value(CommandSpec command, String flag, String text, Format<T> format) {
    try {
      return new Given(text, flag).as(Option.of(flag.substring(2), format, null, ""));
    } catch (ConfigException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private static Map<Option<?>, Given> flags(CommandSpec command) {
    var given = new HashMap<Option<?>, Given>();
    for (Option<?> option : Options.ALL) {
      OptionSpec spec = command.findOption(option.flag());
      Object value = spec == null ? null : spec.getValue();
      if (value != null) {
        given.put(option, new Given(text(value), option.flag()));
      }
    }
    return given;
  }

  private static String text(Object value) {
    return value instanceof List<?> values
        ? String.join(",", values.stream().map(Objects::toString).toList())
        : value.toString();
  }

  private static OptionSpec optionSpec(Option<?> option) {
    var spec =
        OptionSpec.builder(option.flag())
            .paramLabel(option.format().placeholder())
            .description(description(option));
    return switch (option.format().shape()) {
      case TEXT, SECRET -> spec.type(String.class).build();
      case PATH -> spec.type(Path.class).build();
      case SWITCH -> spec.type(String.class).arity("0..1").fallbackValue("on").build();
      case LIST -> spec.type(List.class).auxiliaryTypes(String.class).build();
    };
  }

  private static String[] description(Option<?> option) {
    @Nullable String value = option.defaultText();
    String source = "Variable: " + option.variable();
    return new String[] {
      option.description(), value == null ? source : "Default: %s. %s".formatted(value, source)
    };
  }
}
