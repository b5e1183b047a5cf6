package io.consigne.cli.webhook;

import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.model.Webhook;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists webhooks. */
@Command(name = "list", description = "List webhooks: number, made, address, events.")
final class ListCommand extends WebhookCommand {
  ListCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    List<Webhook> all = webhooks(session).list();
    if (session.talk().isJson()) {
      session.talk().data(all.stream().map(Shown::json).toList());
    } else {
      all.forEach(webhook -> session.talk().line(Shown.line(webhook)));
    }
    return Exit.OK;
  }
}
