package io.consigne.cli.webhook;

import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.model.Webhook;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a webhook. */
@Command(
    name = "add",
    description = "Have an address told of events; print its number, and the secret that signs.",
    footer = {
      "",
      "The secret is shown this once. Other users of this machine may see the arguments of a",
      "process: with - the address is read from the standard input."
    })
final class AddCommand extends WebhookCommand {
  @Option(
      names = "--event",
      paramLabel = "EVENT",
      description = {
        "What it is told; may be repeated. Default: all of",
        "upload.done, fetch.done, fetch.failed, quota.warning,",
        "key.made, key.changed, key.rotated, key.revoked,",
        "key.regenerated, key.reported"
      })
  List<String> events = new ArrayList<>();

  @Parameters(paramLabel = "URL", description = "An http or https address, or -.")
  String url;

  AddCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    String address = url.equals("-") ? session.talk().secret("Address") : url;
    Webhook.Made made = webhooks(session).add(address, events);
    if (session.talk().isJson()) {
      session.talk().data(Map.of("id", made.webhook().id(), "secret", made.secret()));
    } else {
      session.talk().line(Long.toString(made.webhook().id()));
      session.talk().line(made.secret());
    }
    return Exit.OK;
  }
}
