package io.consigne.cli.account;

import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Forgets an account and its key. */
@Command(
    name = "logout",
    description = "Forget an account and its key; the account itself stays as it is.")
public final class LogoutCommand extends RemoteCommand {
  @Parameters(paramLabel = "NAME", description = "What it was called at login.")
  String name;

  /** A command that runs there. */
  public LogoutCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    session.profiles().remove(name);
    if (session.talk().isJson()) {
      session.talk().data(Map.of("name", name));
    }
    session.talk().passing("forgotten: " + name);
    return Exit.OK;
  }
}
