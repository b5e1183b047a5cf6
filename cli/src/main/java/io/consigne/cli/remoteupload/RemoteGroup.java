package io.consigne.cli.remoteupload;

import io.consigne.cli.talk.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of remote uploads. */
@Command(
    name = "remote",
    description = "Have the host fetch files from elsewhere, without your line.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "  consigne remote add https://example.org/film.mkv --folder /films --wait",
      "  consigne remote add --from list.txt --header-file cookies.txt",
      "  consigne remote status 12"
    })
public final class RemoteGroup {
  private RemoteGroup() {}

  /** The commands, that run there. */
  public static CommandLine in(Surroundings around) {
    return new CommandLine(new RemoteGroup())
        .addSubcommand(new AddCommand(around))
        .addSubcommand(new ListCommand(around))
        .addSubcommand(new StatusCommand(around))
        .addSubcommand(new WaitCommand(around))
        .addSubcommand(new CancelCommand(around))
        .addSubcommand(new RetryCommand(around));
  }
}
