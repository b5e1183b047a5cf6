package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes folders. */
@Command(
    name = "mkdir",
    description = "Make folders, and those above them; one that is there is no failure.")
public final class MkdirCommand extends RemoteCommand {
  @Parameters(arity = "1..*", paramLabel = "REMOTE", description = "Paths of folders.")
  List<String> remote;

  /** A command that runs there. */
  public MkdirCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    var rows = new ArrayList<Map<String, Object>>();
    if (session.talk().isJson()) {
      session.talk().data(rows);
    }
    for (String name : remote) {
      Address.InAccount place = Places.inAccount(name);
      long id = session.tree(place).make(place.path()).value();
      rows.add(Map.of("path", place.path().toString(), "id", id));
    }
    return Exit.OK;
  }
}
