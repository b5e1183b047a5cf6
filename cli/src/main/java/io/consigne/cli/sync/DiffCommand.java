package io.consigne.cli.sync;

import io.consigne.cli.talk.Surroundings;
import picocli.CommandLine.Command;

/** Tells what a sync would find different. */
@Command(
    name = "diff",
    description = "Show what differs between a local and a remote folder.",
    footer = {
      "",
      "One of the two may be the address of a public folder, whose files are asked for by their"
          + " links.",
      "Files are read only where size and time are not as remembered. Ends with 11 if any differs,",
      "with 1 if not all could be compared."
    })
public final class DiffCommand extends DifferencesCommand {
  /** A command that runs there. */
  public DiffCommand(Surroundings around) {
    super(around);
  }

  @Override
  boolean readsAll() {
    return false;
  }
}
