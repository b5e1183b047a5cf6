package io.consigne.cli.remoteupload;

import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.RemoteUploads;
import java.io.IOException;
import picocli.CommandLine.Command;

/** Calls requests off. */
@Command(name = "cancel", description = "Call off what has not ended of these requests, at once.")
final class CancelCommand extends NumberedCommand {
  CancelCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    RemoteUploads uploads = uploads(session);
    var results = new Results(session.talk());
    for (long id : ids) {
      results.count(id, uploads.cancel(id), "called off");
    }
    return results.tellCounts();
  }
}
