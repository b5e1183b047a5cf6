package io.consigne.cli.remote;

import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Habits;
import io.consigne.cli.talk.Surroundings;
import io.consigne.cli.talk.Talk;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that uses accounts, with the habits of all. */
public abstract class RemoteCommand implements Callable<Integer> {
  private final Surroundings around;

  @Spec CommandSpec spec;

  @Mixin Habits habits;

  private @Nullable Talk said;

  /** A command that runs there. */
  protected RemoteCommand(Surroundings around) {
    this.around = around;
  }

  /** Does what the command line asks for. */
  protected abstract Exit run(Session session) throws IOException;

  @Override
  public final Integer call() throws IOException {
    var talk = new Talk(spec, around, habits);
    said = talk;
    Exit exit;
    try (var session = new Session(around, habits, talk)) {
      exit = run(session);
    } finally {
      talk.stop();
    }
    talk.end(exit);
    talk.requireTaken();
    return exit.code();
  }

  /** Prints why it failed as JSON, if that is asked for, with what was done before. */
  public final void failed(String sentence, Throwable failure) {
    if (said != null) {
      said.fail(sentence, failure);
    }
  }
}
