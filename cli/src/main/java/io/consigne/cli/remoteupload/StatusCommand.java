package io.consigne.cli.remoteupload;

import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.RemoteUploads;
import io.consigne.client.model.RemoteUpload;
import java.io.IOException;
import java.util.ArrayList;
import picocli.CommandLine.Command;

/** Tells how far requests are. */
@Command(name = "status", description = "Tell how far requests are, source by source.")
final class StatusCommand extends NumberedCommand {
  StatusCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    RemoteUploads uploads = uploads(session);
    var all = new ArrayList<RemoteUpload.Details>();
    for (long id : ids) {
      all.add(uploads.get(id));
    }
    new Results(session.talk()).tell(all);
    return Exit.OK;
  }
}
