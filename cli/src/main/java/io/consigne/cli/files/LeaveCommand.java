package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.cache.CachedFolder;
import io.consigne.client.model.Folder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Gives up a folder that another account shares. */
@Command(
    name = "leave",
    description = "Leave a folder that another account shares with yours.",
    footer = {
      "",
      "Nothing in it is changed, but only its owner can open it to you again. Consigne hosts offer",
      "that, 1fichier.com does not. What is yours ends with \"consigne share PATH --end\"."
    })
public final class LeaveCommand extends RemoteCommand {
  @Parameters(paramLabel = "REMOTE", description = "The path of a folder.")
  String remote;

  /** A command that runs there. */
  public LeaveCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    Address.InAccount place = Places.inAccount(remote);
    Tree tree = session.tree(place);
    Folder folder = shared(tree, place);
    tree.listings().folders().leave(new CachedFolder(place.path().text(), folder));
    if (session.talk().isJson()) {
      session.talk().data(Map.of("path", place.path().toString(), "id", folder.id().value()));
    }
    session.talk().passing("left: " + place);
    return Exit.OK;
  }

  /** The one of somebody else, where one of this account has the same name. */
  private static Folder shared(Tree tree, Address.InAccount place) throws IOException {
    if (place.path().isRoot()) {
      throw new Problem(Exit.CONFLICT, "the root is your own, and cannot be left");
    }
    Optional<Folder> parent = tree.folder(place.path().parent());
    List<Folder> named =
        parent.isEmpty()
            ? List.of()
            : tree.list(place.path().parent(), parent.get().id()).folders().stream()
                .filter(folder -> folder.name().equals(place.path().name()))
                .toList();
    return named.stream()
        .filter(folder -> folder.sharing().owner() != null)
        .findFirst()
        .or(() -> named.stream().findFirst())
        .orElseThrow(() -> new Problem(Exit.NOT_FOUND, "no folder is at " + place));
  }
}
