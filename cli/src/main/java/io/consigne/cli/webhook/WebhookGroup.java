package io.consigne.cli.webhook;

import io.consigne.cli.talk.Surroundings;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of webhooks. */
@Command(
    name = "webhook",
    description = "Have the host tell addresses what happens to the account.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "For Consigne hosts and master keys alone.",
      "  consigne webhook add https://example.org/hook --event fetch.done --event fetch.failed",
      "  consigne webhook test 3",
      "  consigne webhook log 3"
    })
public final class WebhookGroup {
  private WebhookGroup() {}

  /** The commands, that run there. */
  public static CommandLine in(Surroundings around) {
    return new CommandLine(new WebhookGroup())
        .addSubcommand(new AddCommand(around))
        .addSubcommand(new ListCommand(around))
        .addSubcommand(new RemoveCommand(around))
        .addSubcommand(new TestCommand(around))
        .addSubcommand(new LogCommand(around));
  }
}
