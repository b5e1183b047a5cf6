package io.consigne.cli.remoteupload;

import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Tells how far requests are. */
@Command(name = "status", description = "Tell how far requests are, source by source.")
final class StatusCommand extends NumberedCommand {
  StatusCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    var results = new Results(session.talk());
    results.each(ids, uploads(session)::get);
    return results.exit();
  }
}
