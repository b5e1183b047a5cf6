package io.consigne.cli.webhook;

import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.Webhooks;
import java.io.IOException;

/** A command about webhooks. */
abstract class WebhookCommand extends RemoteCommand {
  WebhookCommand(Surroundings around) {
    super(around);
  }

  static Webhooks webhooks(Session session) throws IOException {
    return session.tree((String) null).client().webhooks();
  }
}
