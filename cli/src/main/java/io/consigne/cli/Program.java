package io.consigne.cli;

import io.consigne.cli.relay.RelayCommand;
import io.consigne.cli.talk.OptionVariables;
import io.consigne.cli.talk.Surroundings;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.spi.ToolProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The program as a tree of commands. */
final class Program {
  private static final int HELP_WIDTH = 100;
  private static final int FLAG_WIDTH = 34;

  private Program() {}

  static boolean asksForVersion(String[] arguments) {
    return arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"));
  }

  /** Whether these arguments are a command that uses an account, most likely by a connection. */
  static boolean usesAccount(String[] arguments) {
    return arguments.length > 0 && ClientCommands.names().contains(arguments[0]);
  }

  /** The commands that these arguments may need. */
  static CommandLine forArguments(String... arguments) {
    Surroundings around = Surroundings.ofProcess();
    return forArguments(around, arguments).setOut(around.writer());
  }

  /** The same, for a process elsewhere. */
  static CommandLine forArguments(Surroundings around, String... arguments) {
    String first = arguments.length > 0 ? arguments[0] : "";
    if (usesAccount(arguments)) {
      var program = new CommandLine(new TopCommand());
      ClientCommands.of(Set.of(first), around).forEach(program::addSubcommand);
      return completed(program, List.of());
    }
    if (first.equals(RelayCommand.NAME)) {
      return of(around, List.of(), List.of());
    }
    CommandLine program =
        of(around, providers(), ClientCommands.of(ClientCommands.names(), around));
    if (first.equals("help")) {
      var help = new CommandLine(new CommandLine.HelpCommand());
      help.getCommandSpec().usageMessage().hidden(true);
      program.addSubcommand(help);
    }
    return program;
  }

  /** The program's own commands and the given ones, which are picocli commands as well. */
  private static CommandLine of(
      Surroundings around, List<ToolProvider> hostCommands, List<CommandLine> clientCommands) {
    var program = new CommandLine(new TopCommand());
    hostCommands.forEach(tool -> program.addSubcommand(tool.name(), new CommandLine(tool)));
    clientCommands.forEach(program::addSubcommand);
    program.addSubcommand(
        OptionVariables.in(
            around,
            new CommandLine(new RelayCommand())
                .setStopAtPositional(true)
                .setUnmatchedOptionsArePositionalParams(false)));
    program.addSubcommand(new CommandLine(new CompletionCommand()));
    program.addSubcommand(new CommandLine(new ManCommand()));
    return completed(program, hostCommands);
  }

  private static CommandLine completed(CommandLine program, List<ToolProvider> hostCommands) {
    var groups = new CommandGroups(hostCommands.stream().map(ToolProvider::name).toList());
    program
        .getHelpSectionMap()
        .put(CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST, groups::render);
    completeHelp(program.getCommandSpec());
    return program
        .setUsageHelpWidth(HELP_WIDTH)
        .setUsageHelpLongOptionsMaxWidth(FLAG_WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Failures::misused)
        .setExecutionExceptionHandler(Failures::failed);
  }

  /** What the class path offers, without the tools of the JDK. */
  private static List<ToolProvider> providers() {
    return ServiceLoader.load(ToolProvider.class).stream()
        .filter(provider -> provider.type().getName().startsWith("io.consigne."))
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /** Every command has {@code --help}, and lists its options in the order of their declaration. */
  private static void completeHelp(CommandSpec command) {
    command.usageMessage().sortOptions(false).sortSynopsis(false);
    if (command.findOption("--help") == null) {
      command.addOption(
          OptionSpec.builder("-h", "--help")
              .usageHelp(true)
              .description("Show this help and exit.")
              .build());
    }
    command.subcommands().values().forEach(below -> completeHelp(below.getCommandSpec()));
  }

  /** What {@code consigne} is without a command. */
  @Command(
      name = "consigne",
      description = "A file host that one API key opens.",
      synopsisSubcommandLabel = "COMMAND",
      commandListHeading = "",
      versionProvider = TopCommand.class,
      footer = {"", "More about a command: consigne COMMAND --help"})
  static final class TopCommand implements CommandLine.IVersionProvider {
    @CommandLine.Option(
        names = {"-V", "--version"},
        versionHelp = true,
        description = "Show version and commit and exit.")
    boolean version;

    @Override
    public String[] getVersion() {
      return new String[] {Version.ofThisBuild().toString()};
    }
  }
}
