package io.consigne.cli.remoteupload;

import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Asks again. */
@Command(
    name = "retry",
    description =
        "Ask again for what failed or was cancelled of these requests; at Consigne hosts.")
final class RetryCommand extends NumberedCommand {
  RetryCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    return each(session, uploads(session)::retry, "queued again");
  }
}
