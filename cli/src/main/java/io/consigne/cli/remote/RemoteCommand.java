package io.consigne.cli.remote;

import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Habits;
import io.consigne.cli.talk.Surroundings;
import io.consigne.cli.talk.Talk;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that uses accounts, with the habits of all. */
public abstract class RemoteCommand implements Callable<Integer> {
  private final Surroundings around;

  @Spec CommandSpec spec;

  @Mixin Habits habits;

  /** A command that runs there. */
  protected RemoteCommand(Surroundings around) {
    this.around = around;
  }

  /** Does what the command line asks for. */
  protected abstract Exit run(Session session) throws IOException;

  @Override
  public final Integer call() throws IOException {
    var talk = new Talk(spec, around, habits);
    Exit exit;
    try (var session = new Session(around, habits, talk)) {
      exit = run(session);
    } finally {
      talk.end();
    }
    talk.requireTaken();
    return exit.code();
  }
}
