package io.consigne.cli.remoteupload;

import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.RemoteUploads;
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
}
