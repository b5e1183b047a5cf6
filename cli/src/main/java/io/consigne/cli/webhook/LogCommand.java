package io.consigne.cli.webhook;

import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.Webhooks;
import io.consigne.client.model.Webhook;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what became of messages. */
@Command(
    name = "log",
    description = "Tell what became of messages, newest first: time, webhook, event, state.")
final class LogCommand extends WebhookCommand {
  @Option(names = "--count", paramLabel = "NUMBER", description = "How many. Default: 50")
  int count = 50;

  @Parameters(arity = "0..1", paramLabel = "WEBHOOK", description = "Only those for this one.")
  @Nullable Long id;

  LogCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    if (count < 1 || count > Webhooks.LOGGED) {
      throw new Problem(Exit.USAGE, "--count must be 1 to " + Webhooks.LOGGED + ": " + count);
    }
    List<Webhook.Message> all = webhooks(session).log(id, count);
    if (session.talk().isJson()) {
      session.talk().data(all.stream().map(Shown::json).toList());
    } else {
      all.forEach(message -> session.talk().line(Shown.line(message)));
    }
    return Exit.OK;
  }
}
