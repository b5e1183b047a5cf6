package io.consigne.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;

/**
 * The list of commands in the help, in groups.
 *
 * @param hostCommands names of the commands that run or administer a host
 */
record CommandGroups(List<String> hostCommands) {

  String render(Help help) {
    int width = help.subcommands().keySet().stream().mapToInt(String::length).max().orElse(0);
    return group("Run and administer a host:", commands(help, true), width)
        + group("Use a host:", commands(help, false), width);
  }

  private List<Help> commands(Help help, boolean ofHost) {
    return help.subcommands().values().stream()
        .filter(command -> hostCommands.contains(command.commandSpec().name()) == ofHost)
        .toList();
  }

  private static String group(String title, List<Help> commands, int width) {
    if (commands.isEmpty()) {
      return "";
    }
    return commands.stream()
        .map(command -> line(command, width))
        .collect(Collectors.joining("", "%n%s%n".formatted(title), ""));
  }

  private static String line(Help command, int width) {
    String[] description = command.commandSpec().usageMessage().description();
    String name = command.commandSpec().name();
    String text = description.length == 0 ? "" : description[0];
    return "  "
        + command.colorScheme().commandText(name)
        + " ".repeat(width - name.length() + 2)
        + text
        + System.lineSeparator();
  }
}
