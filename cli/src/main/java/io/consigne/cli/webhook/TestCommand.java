package io.consigne.cli.webhook;

import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.model.Webhook;
import java.io.IOException;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tries a webhook. */
@Command(
    name = "test",
    description = "Have the event \"test\" sent, wait for its first try, end with the result.")
final class TestCommand extends WebhookCommand {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Parameters(paramLabel = "WEBHOOK", description = "The number of a webhook.")
  long id;

  TestCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    Webhook.Message message = webhooks(session).test(id, PATIENCE);
    if (session.talk().isJson()) {
      session.talk().data(Shown.json(message));
    } else {
      session.talk().line(Shown.line(message));
    }
    return message.delivery().state().equals("delivered") ? Exit.OK : Exit.FAILED;
  }
}
