package io.consigne.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.cli.talk.OptionVariables;
import io.consigne.cli.talk.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Each option of each command of a client can be given by a variable. */
final class OptionVariablesTest {
  /** What no option takes as it is; for others any text does. */
  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("--if-exists", "rename"),
          Map.entry("--patience", "3s"),
          Map.entry("--transfers", "7"),
          Map.entry("--bwlimit", "77k"),
          Map.entry("--to", "files.example.org:443"),
          Map.entry("--listen", "127.0.0.1:7777"));

  @TempDir private Path home;

  private static CommandLine program(Map<String, String> variables, String... arguments) {
    var around =
        new Surroundings(
            variables, InputStream.nullInputStream(), new ByteArrayOutputStream(), false, false);
    return Program.forArguments(around, arguments);
  }

  private static Stream<CommandLine> all(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(OptionVariablesTest::all));
  }

  /** The value of an option where its variable is this, whatever arguments are missing. */
  private static @Nullable Object value(CommandLine command, OptionSpec option, String variable) {
    String[] words = words(command).toArray(String[]::new);
    CommandLine found =
        program(Map.of(OptionVariables.name(option.longestName()), variable), words);
    parse(found, words);
    for (String word : words) {
      found = below(found, word);
    }
    return of(found, option.longestName()).getValue();
  }

  /** Defaults come before what is missing is looked for. */
  private static void parse(CommandLine program, String... words) {
    try {
      var _ = program.parseArgs(words);
    } catch (MissingParameterException _) {
      // of arguments, which this test has none of
    }
  }

  private static CommandLine below(CommandLine command, String word) {
    return Objects.requireNonNull(command.getSubcommands().get(word));
  }

  private static OptionSpec of(CommandLine command, String name) {
    return Objects.requireNonNull(command.getCommandSpec().findOption(name));
  }

  private static List<String> words(CommandLine command) {
    var words = new ArrayList<String>();
    for (CommandLine at = command; at.getParent() != null; at = at.getParent()) {
      words.addFirst(at.getCommandName());
    }
    return words;
  }

  @Test
  void everyOption_hasAVariable() {
    CommandLine program = program(Map.of());
    var names = new ArrayList<>(ClientCommands.names());
    names.add("relay");
    var tried = new ArrayList<String>();
    for (String name : names) {
      all(below(program, name))
          .forEach(command -> {
            for (OptionSpec option : command.getCommandSpec().options()) {
              if (!option.usageHelp()) {
                tried.add(option.longestName());
                check(command, option);
              }
            }
          });
    }
    assertThat(tried).contains("--json", "--include", "--to", "--header", "--event");
  }

  private static void check(CommandLine command, OptionSpec option) {
    String about = words(command) + " " + option.longestName();
    if (option.arity().max() == 0) {
      assertThat(value(command, option, "yes")).as(about).isEqualTo(true);
      assertThat(value(command, option, "0")).as(about).isEqualTo(false);
      return;
    }
    Object none = option.getValue();
    assertThat(values(command, option)).as(about).isNotEmpty();
    for (String text : values(command, option)) {
      Object given = value(command, option, text);
      if (option.isMultiValue()) {
        assertThat(several(value(command, option, text + "\n" + text + "\n"))).as(about).hasSize(2);
      } else {
        assertThat(given).as(about).isNotNull().isNotEqualTo(none);
      }
    }
  }

  private static Collection<?> several(@Nullable Object value) {
    return value instanceof Collection<?> some ? some : List.of();
  }

  private static List<String> values(CommandLine command, OptionSpec option) {
    if (VALUES.containsKey(option.longestName())) {
      return List.of(VALUES.get(option.longestName()));
    }
    if (option.completionCandidates() != null) {
      return List.of(known(option).getLast()); // the first may be the default
    }
    return Stream.of("5", "5d").filter(text -> isRead(command, option, text)).toList();
  }

  private static List<String> known(OptionSpec option) {
    var known = new ArrayList<String>();
    option.completionCandidates().forEach(known::add);
    return known;
  }

  private static boolean isRead(CommandLine command, OptionSpec option, String text) {
    try {
      return value(command, option, text) != null;
    } catch (ParameterException _) {
      return false;
    }
  }

  @Test
  void repeatedOption_hasItsValuesOnALineEach_andOnTheCommandLineOneEach() throws IOException {
    try (var desk = new Desk(home)) {
      for (String name : List.of("a.txt", "b.txt", "c.jpg", "d.bin")) {
        desk.write("local/" + name, name);
      }
      String folder = desk.path("local").toString();
      desk.environment().put("CONSIGNE_CLI_EXCLUDE", "*.jpg\n*.bin\n");
      desk.good("sync", folder, ":/by-variable");
      assertThat(desk.good("ls", "/by-variable").lines()).containsExactly("a.txt", "b.txt");
      desk.environment().remove("CONSIGNE_CLI_EXCLUDE");
      desk.good("sync", folder, ":/by-option", "--exclude", "a.txt\n*.jpg", "--exclude=*.bin");
      assertThat(desk.good("ls", "/by-option").lines()).containsExactly("a.txt", "b.txt", "c.jpg");
    }
  }

  /** It ended with "missing required option". */
  @Test
  void relay_looksAtItsVariables() {
    CommandLine program = program(Map.of("CONSIGNE_CLI_TO", "127.0.0.1:8443"), "relay");
    assertThat(program.parseArgs("relay").errors()).isEmpty();
    CommandLine relay = below(program, "relay");
    assertThat(String.valueOf(of(relay, "--to").<Object>getValue())).isEqualTo("127.0.0.1:8443");
  }
}
