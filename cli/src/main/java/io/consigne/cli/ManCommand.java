package io.consigne.cli;

import io.consigne.cli.man.ManPages;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows manual pages, or writes them where {@code man} finds them. */
@Command(
    name = "man",
    description = "Show the manual page of a command.",
    footer = {
      "",
      "On a terminal man(1) shows it; else its source is printed. For example:",
      "  consigne man ls",
      "  consigne man key add",
      "  consigne man --to ~/.local/share/man/man1      then: man consigne-ls"
    })
final class ManCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--to", paramLabel = "FOLDER", description = "Write all pages into it.")
  @Nullable Path folder;

  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "Such as ls, or key add.")
  List<String> words = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    CommandLine program = spec.root().commandLine();
    if (folder != null) {
      new ManPages(program).write(folder);
      return Exit.OK.code();
    }
    String page =
        ManPages.find(program, words)
            .map(ManPages::page)
            .orElseThrow(() -> new Problem(Exit.USAGE, "no command: " + String.join(" ", words)));
    if (!Surroundings.printsToTerminal() || !isShown(page)) {
      program.getOut().print(page);
      program.getOut().flush();
    }
    return Exit.OK.code();
  }

  /** Gives a page to {@code man}, if there is one. */
  private static boolean isShown(String page) throws IOException {
    Path file = Files.createTempFile("consigne", ".1");
    try {
      Files.writeString(file, page);
      return new ProcessBuilder("man", "-l", file.toString()).inheritIO().start().waitFor() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    } finally {
      Files.delete(file);
    }
  }
}
