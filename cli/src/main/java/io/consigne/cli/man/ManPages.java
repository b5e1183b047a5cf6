package io.consigne.cli.man;

import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.OptionVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A page for each command of a program. */
public final class ManPages {
  private static final String SECTION = "1";

  private final CommandLine program;

  /** The pages of this program. */
  public ManPages(CommandLine program) {
    this.program = program;
  }

  /** Pages by the name of their file, such as {@code consigne-ls.1}. */
  public Map<String, String> all() {
    var pages = new TreeMap<String, String>();
    add(program, pages);
    return pages;
  }

  private void add(CommandLine command, Map<String, String> pages) {
    pages.put(name(command.getCommandSpec()) + "." + SECTION, page(command));
    command.getSubcommands().values().forEach(below -> add(below, pages));
  }

  /** Writes all into a folder. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> page : all().entrySet()) {
      Files.writeString(folder.resolve(page.getKey()), page.getValue());
    }
  }

  private static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  /** The page of a command. */
  public static String page(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    var page = new Roff();
    page.macro("TH", "\"%s\" %s \"\" \"Consigne\"".formatted(Roff.escaped(name(spec)), SECTION));
    page.section("NAME").text(name(spec) + " - " + description(spec));
    page.section("SYNOPSIS").lines(synopsis(command));
    parameters(spec, page);
    options(spec, page);
    commands(command, page);
    String footer = String.join("\n", spec.usageMessage().footer()).strip();
    if (!footer.isEmpty()) {
      page.section("NOTES").lines(plain(footer));
    }
    if (spec.findOption("--json") != null && spec.findOption("--profile") != null) {
      exits(page);
    }
    if (Environment.isOfClient(spec)) {
      terms("ENVIRONMENT", Environment.variables(spec), page);
      terms("FILES", Environment.files(spec), page);
    }
    page.section("SEE ALSO").text(seeAlso(spec));
    return page.toString();
  }

  private static String description(CommandSpec spec) {
    return plain(String.join(" ", spec.usageMessage().description()));
  }

  /** Without what picocli replaces: colours and line ends. */
  private static String plain(String text) {
    return text.replace("%n", "\n").replace("%%", "%");
  }

  private static String synopsis(CommandLine command) {
    var help = new Help(command.getCommandSpec(), Help.defaultColorScheme(Help.Ansi.OFF));
    return help.synopsis(0).strip();
  }

  private static void parameters(CommandSpec spec, Roff page) {
    if (!spec.positionalParameters().isEmpty()) {
      page.section("ARGUMENTS");
      spec.positionalParameters()
          .forEach(parameter -> page.term(parameter.paramLabel(), words(parameter)));
    }
  }

  private static void options(CommandSpec spec, Roff page) {
    List<OptionSpec> options = spec.options().stream().filter(option -> !option.hidden()).toList();
    if (options.isEmpty()) {
      return;
    }
    boolean client = Environment.isOfClient(spec);
    page.section("OPTIONS");
    for (OptionSpec option : options) {
      String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
      String variable =
          client && !option.usageHelp()
              ? "\n(" + OptionVariables.name(option.longestName()) + ")"
              : "";
      page.term(String.join(", ", option.names()) + label, words(option) + variable);
    }
  }

  private static String words(ArgSpec argument) {
    String words = plain(String.join(" ", argument.description()));
    String value = argument.defaultValue();
    return words.replace("${DEFAULT-VALUE}", value == null ? "none" : value);
  }

  private static void commands(CommandLine command, Roff page) {
    if (!command.getSubcommands().isEmpty()) {
      page.section("COMMANDS");
      command.getSubcommands().values().stream()
          .map(CommandLine::getCommandSpec)
          .forEach(below -> page.term(below.name(), description(below)));
    }
  }

  private static void exits(Roff page) {
    page.section("EXIT STATUS");
    for (Exit exit : Exit.values()) {
      page.term(Integer.toString(exit.code()), exit.meaning());
    }
    page.term("130", "Ctrl-C.");
    page.section("JSON")
        .text(
            "With --json the standard output is one object: {\"consigne\":1, \"command\":…,"
                + " \"data\":…, \"error\":{\"kind\":…, \"exit\":…, \"message\":…,"
                + " \"next\":…}, \"warnings\":[…]}. There is an error unless the exit status is"
                + " 0, and with it the data of what was done before, if anything was.");
  }

  private static void terms(String title, Map<String, String> terms, Roff page) {
    if (!terms.isEmpty()) {
      page.section(title);
      terms.forEach(page::term);
    }
  }

  private static String seeAlso(CommandSpec spec) {
    CommandSpec parent = spec.parent();
    if (parent != null) {
      return name(parent) + "(1)";
    }
    return spec.subcommands().values().stream()
        .map(below -> name(below.getCommandSpec()) + "(1)")
        .collect(Collectors.joining(",\n"));
  }

  /** The command that words name, from the program on. */
  public static Optional<CommandLine> find(CommandLine program, List<String> words) {
    Optional<CommandLine> found = Optional.of(program);
    for (String word : words) {
      found = found.map(command -> command.getSubcommands().get(word));
    }
    return found;
  }
}
