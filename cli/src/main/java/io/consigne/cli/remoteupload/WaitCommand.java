package io.consigne.cli.remoteupload;

import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Waits for requests. */
@Command(
    name = "wait",
    description = "Wait until these requests have ended, show a bar, end with the result.")
final class WaitCommand extends NumberedCommand {
  WaitCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    var results = new Results(session.talk());
    results.each(ids, StatusLine.watching(session.talk(), uploads(session)));
    return results.exitOfWait();
  }
}
