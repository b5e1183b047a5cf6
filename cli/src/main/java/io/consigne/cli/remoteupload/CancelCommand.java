package io.consigne.cli.remoteupload;

import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Cancels requests. */
@Command(
    name = "cancel",
    description = {"Cancel what has not ended of these requests, at once; at Consigne hosts."})
final class CancelCommand extends NumberedCommand {
  CancelCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    return each(session, uploads(session)::cancel, "cancelled");
  }
}
