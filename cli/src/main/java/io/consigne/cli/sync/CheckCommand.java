package io.consigne.cli.sync;

import io.consigne.cli.talk.Surroundings;
import picocli.CommandLine.Command;

/** Reads all local files and compares their checksums. */
@Command(
    name = "check",
    description = "Compare checksums of a local and a remote folder.",
    footer = {
      "",
      "One of the two may be the address of a public folder, whose files are asked for by their"
          + " links.",
      "Local files are read. Ends with 11 if anything differs, with 1 if not all could be compared."
    })
public final class CheckCommand extends DifferencesCommand {
  /** A command that runs there. */
  public CheckCommand(Surroundings around) {
    super(around);
  }

  @Override
  boolean readsAll() {
    return true;
  }
}
