package io.consigne.cli.webhook;

import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes webhooks. */
@Command(name = "remove", description = "Tell these webhooks nothing more, and forget their log.")
final class RemoveCommand extends WebhookCommand {
  @Parameters(arity = "1..*", paramLabel = "WEBHOOK", description = "Numbers of webhooks.")
  List<Long> ids;

  RemoveCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    var removed = new ArrayList<Long>();
    if (session.talk().isJson()) {
      session.talk().data(removed);
    }
    for (long id : ids) {
      webhooks(session).remove(id);
      removed.add(id);
      session.talk().passing("webhook " + id + " is removed");
    }
    return Exit.OK;
  }
}
