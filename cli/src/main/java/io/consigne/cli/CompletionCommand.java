package io.consigne.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that completes commands, options and their values in a shell. */
@Command(
    name = "completion",
    description = "Print a script that completes commands and options in a shell.",
    footer = {
      "",
      "To have it in every new shell:",
      "  bash: echo 'source <(consigne completion bash)' >> ~/.bashrc",
      "  zsh:  echo 'source <(consigne completion zsh)' >> ~/.zshrc",
      "  fish: consigne completion fish > ~/.config/fish/completions/consigne.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  /** A shell; one script serves bash and zsh, as it finds out where it runs. */
  enum Shell {
    BASH,
    ZSH,
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh|fish", description = "The shell.")
  Shell shell;

  @Override
  public Integer call() {
    CommandLine program = spec.root().commandLine();
    program
        .getOut()
        .print(shell == Shell.FISH ? FishCompletion.of(program) : BashCompletion.of(program));
    program.getOut().flush();
    return CommandLine.ExitCode.OK;
  }
}
