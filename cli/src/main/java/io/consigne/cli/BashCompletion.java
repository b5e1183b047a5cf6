package io.consigne.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What completes a program in bash and zsh: its commands and options, and names of profiles. */
final class BashCompletion {
  /** Around what picocli makes, which knows nothing of profiles. */
  private static final String PROFILES =
      """

      # Names of profiles, of which each line of their file begins with one.
      function __PROGRAM_profiles() {
        cut -f 1 "${XDG_CONFIG_HOME:-$HOME/.config}/consigne/profiles" 2> /dev/null
      }

      function __PROGRAM_complete() {
        local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"
        local beforeThat=""
        if [ "$COMP_CWORD" -gt 1 ]; then beforeThat="${COMP_WORDS[COMP_CWORD-2]}"; fi
        if [ "$word" = "=" ]; then beforeThat="$before"; before="="; word=""; fi
        if [ "$before" = "--profile" ] || [ "$before $beforeThat" = "= --profile" ] ||
            { [ "${COMP_WORDS[1]}" = "logout" ] && [ "${word#-}" = "$word" ]; }; then
          COMPREPLY=( $(compgen -W "$(__PROGRAM_profiles)" -- "$word") )
          return
        fi
        _complete_PROGRAM
        case " PLACES " in
          *" ${COMP_WORDS[1]} "*) ;;
          *) return ;;
        esac
        case "$word" in
          -* | *:*) return ;;
        esac
        case " VALUED " in
          *" $before "*) return ;;
        esac
        [ "$COMP_CWORD" -gt 1 ] || return
        local name
        for name in $(compgen -W "$(__PROGRAM_profiles)" -- "$word"); do
          COMPREPLY+=( "$name:/" )
          compopt -o nospace 2> /dev/null
        done
        case " LOCAL " in
          *" ${COMP_WORDS[1]} "*) ;;
          *) return ;;
        esac
        if [ ${#COMPREPLY[@]} -eq 0 ]; then compopt -o filenames 2> /dev/null; fi
        while IFS= read -r name; do
          COMPREPLY+=( "$name" )
        done < <(compgen -f -- "$word")
      }

      complete -F __PROGRAM_complete -o default PROGRAM PROGRAM.sh PROGRAM.bash
      """;

  private BashCompletion() {}

  /** The script for a program and all its commands. */
  static String of(CommandLine program) {
    String name = program.getCommandName();
    var places = new ArrayList<String>();
    var local = new ArrayList<String>();
    var valued = new TreeSet<String>();
    program
        .getSubcommands()
        .forEach((word, command) -> {
          if (Places.takes(command.getCommandSpec())) {
            places.add(word);
          }
          if (Places.takesLocal(command.getCommandSpec())) {
            local.add(word);
          }
          command.getCommandSpec().options().stream()
              .filter(option -> option.arity().max() > 0)
              .forEach(option -> valued.addAll(List.of(option.names())));
        });
    return AutoComplete.bash(name, program)
        + PROFILES
            .replace("PROGRAM", name)
            .replace("PLACES", String.join(" ", places))
            .replace("LOCAL", String.join(" ", local))
            .replace("VALUED", String.join(" ", valued));
  }

  /** What arguments of a command may be, by what they are called. */
  static final class Places {
    private static final List<String> REMOTE = List.of("REMOTE", "TARGET", "FROM", "TO");
    private static final List<String> HERE = List.of("LOCAL", "FROM", "TO", "COMMAND");

    private Places() {}

    /** Whether one may be a path of an account. */
    static boolean takes(CommandSpec command) {
      return labels(command).stream().anyMatch(REMOTE::contains);
    }

    /** Whether one may be a file of this machine. */
    static boolean takesLocal(CommandSpec command) {
      return labels(command).stream().anyMatch(HERE::contains);
    }

    private static List<String> labels(CommandSpec command) {
      return command.positionalParameters().stream()
          .flatMap(place -> List.of(place.paramLabel().split("[ …]+", -1)).stream())
          .toList();
    }
  }
}
