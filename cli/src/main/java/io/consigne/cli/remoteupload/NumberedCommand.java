package io.consigne.cli.remoteupload;

import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.RemoteUploads;
import io.consigne.client.model.RefusedException;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command about requests, which are named by their numbers. */
abstract class NumberedCommand extends RemoteCommand {
  @Parameters(
      arity = "1..*",
      paramLabel = "REQUEST",
      description = "Numbers that \"remote add\" and \"remote list\" print.")
  List<Long> ids;

  NumberedCommand(Surroundings around) {
    super(around);
  }

  static RemoteUploads uploads(Session session) throws IOException {
    return session.tree((String) null).client().remoteUploads();
  }

  /** What is done to a request; returns to how many of its fetches. */
  @FunctionalInterface
  interface Change {
    long apply(long id) throws IOException;
  }

  /** Changes all requests; of several, one that is refused does not stop the others. */
  Exit each(Session session, Change change, String how) throws IOException {
    var results = new Results(session.talk());
    for (long id : ids) {
      try {
        results.count(id, change.apply(id), how);
      } catch (RefusedException e) {
        if (ids.size() == 1) {
          throw Results.only(e);
        }
        results.failed(id, e);
      }
    }
    return results.exit();
  }
}
