package io.consigne.cli;

import io.consigne.cli.BashCompletion.Places;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What completes a program in fish: its commands, their options with what they are for, and words
 * that are known. Where any word may stand, fish completes names of files.
 */
final class FishCompletion {
  private static final String HEAD =
      """
      # Completes PROGRAM in fish.
      function __PROGRAM_in -d 'Whether the words before this one begin so'
          set -l words (commandline -opc)
          set -e words[1]
          test (count $argv) -gt 0
          or return 0
          test (count $words) -ge (count $argv)
          or return 1
          for i in (seq 1 1 (count $argv))
              test $words[$i] = $argv[$i]
              or return 1
          end
      end
      function __PROGRAM_at -d 'Whether they are these'
          set -l words (commandline -opc)
          test (count $words) -eq (math (count $argv) + 1)
          and __PROGRAM_in $argv
      end
      function __PROGRAM_profiles -d 'Names of profiles, as their file has them'
          set -l folder $HOME/.config
          set -q XDG_CONFIG_HOME
          and set folder $XDG_CONFIG_HOME
          test -r $folder/consigne/profiles
          and string replace -r '\\t.*' '' <$folder/consigne/profiles
      end
      function __PROGRAM_places -d 'Where paths of accounts begin'
          for name in (__PROGRAM_profiles)
              echo $name:/
          end
      end
      complete -c PROGRAM -e
      """;

  private final String program;
  private final StringBuilder script;

  private FishCompletion(String program) {
    this.program = program;
    this.script = new StringBuilder(HEAD.replace("PROGRAM", program));
  }

  /** The script for a program and all its commands. */
  static String of(CommandLine program) {
    var completion = new FishCompletion(program.getCommandName());
    completion.add(program.getCommandSpec(), List.of());
    return completion.script.toString();
  }

  private void add(CommandSpec command, List<String> words) {
    boolean isGroup = !command.subcommands().isEmpty();
    command.options().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> line(isGroup ? "at" : "in", words, option(option)));
    if (Places.takes(command)) {
      String here = Places.takesLocal(command) ? "" : "-f ";
      line("in", words, "%s-a '(__%s_places)'".formatted(here, program));
    }
    if (command.name().equals("logout")) {
      line("in", words, "-f -a '(__%s_profiles)'".formatted(program));
    }
    for (PositionalParamSpec place : command.positionalParameters()) {
      if (place.completionCandidates() != null) {
        line("at", words, "-f -a " + words(place.completionCandidates()));
      }
    }
    command
        .subcommands()
        .forEach((name, below) -> {
          CommandSpec spec = below.getCommandSpec();
          if (!spec.usageMessage().hidden()) {
            line("at", words, "-f -a " + name + description(spec.usageMessage().description()));
            var further = new ArrayList<>(words);
            further.add(name);
            add(spec, further);
          }
        });
  }

  private void line(String where, List<String> words, String rest) {
    String condition =
        String.join(" ", List.of("__" + program + "_" + where, String.join(" ", words)));
    script.append("complete -c %s -n '%s' %s%n".formatted(program, condition.strip(), rest));
  }

  private String option(OptionSpec option) {
    var line = new ArrayList<String>();
    for (String name : option.names()) {
      line.add(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1));
    }
    if (option.arity().max() > 0) {
      Iterable<String> known = option.completionCandidates();
      String profiles = "-x -a '(__%s_profiles)'".formatted(program);
      boolean named = option.longestName().equals("--profile");
      line.add(named ? profiles : known == null ? "-r" : "-x -a " + words(known));
    }
    return String.join(" ", line) + description(option.description());
  }

  private static String words(Iterable<String> known) {
    return quoted(String.join(" ", known));
  }

  private static String description(String... lines) {
    String text = String.join(" ", lines).replace("%n", " ").replace("%%", "%");
    return text.isEmpty() ? "" : " -d " + quoted(text);
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
