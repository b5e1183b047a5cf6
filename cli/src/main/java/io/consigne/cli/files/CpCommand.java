package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.model.CopiedFile;
import io.consigne.client.model.FolderId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Copies files on the host. */
@Command(
    name = "cp",
    description = "Copy files within an account, or others' files by their links, on the host.",
    footer = {"", "If TARGET is a folder or ends with a slash, they go into it."})
public final class CpCommand extends RemoteCommand {
  @Parameters(arity = "2..*", paramLabel = "REMOTE… TARGET", description = "What; and where to.")
  List<String> places;

  /** A command that runs there. */
  public CpCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    var target = RemoteTarget.of(session, places);
    var outcome = new Outcome(session.talk());
    for (String name : places.subList(0, places.size() - 1)) {
      Entry.OfFile file = file(session, target, name);
      RemotePath to = target.path(file.path());
      copy(target.tree(), file, to);
      outcome.done(name, to.toString(), "copied");
    }
    return outcome.tell();
  }

  private static Entry.OfFile file(Session session, RemoteTarget target, String name)
      throws IOException {
    if (Address.parse(name) instanceof Address.ByLink link) {
      return Linked.entry(session, link);
    }
    if (target.tree().get(target.sameAccount(name).path()) instanceof Entry.OfFile file) {
      return file;
    }
    throw new Problem(Exit.USAGE, "folders are not copied: " + name);
  }

  private static void copy(Tree tree, Entry.OfFile file, RemotePath to) throws IOException {
    FolderId folder = tree.make(to.parent());
    List<CopiedFile> copies =
        tree.client().files().copy(List.of(RemoteTarget.link(file)), folder, null);
    if (!to.name().equals(file.file().name())) {
      tree.client().files().rename(Map.of(copies.getFirst().to(), to.name()));
    }
    tree.forget(folder);
  }
}
