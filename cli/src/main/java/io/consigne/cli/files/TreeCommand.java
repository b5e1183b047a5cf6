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
import io.consigne.client.model.FolderId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws what is below a folder. */
@Command(name = "tree", description = "Draw what is below a folder.")
public final class TreeCommand extends RemoteCommand {
  @Option(names = "--depth", paramLabel = "NUMBER", description = "So many levels only.")
  int depth = Integer.MAX_VALUE;

  @Parameters(
      arity = "0..1",
      paramLabel = "REMOTE",
      defaultValue = "/",
      description = "The path of a folder. Default: /")
  String remote;

  /** A command that runs there. */
  public TreeCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    Address.InAccount place = Places.inAccount(remote);
    Tree tree = session.tree(place);
    if (!(tree.get(place.path()) instanceof Entry.OfFolder folder)) {
      throw new Problem(Exit.USAGE, "no folder: " + place);
    }
    var drawing = new Drawing(session, tree, new ArrayList<>());
    if (!session.talk().isJson()) {
      session.talk().line(place.toString());
    }
    drawing.draw(place.path(), folder.folder().id(), "", depth);
    if (session.talk().isJson()) {
      session.talk().data(drawing.rows());
    }
    return Exit.OK;
  }

  /** One run; rows are for JSON. */
  private record Drawing(Session session, Tree tree, List<Map<String, Object>> rows) {
    void draw(RemotePath path, FolderId folder, String indent, int levels) throws IOException {
      if (levels <= 0) {
        return;
      }
      List<Entry> children = tree.children(path, folder);
      int left = children.size();
      for (Entry child : children) {
        boolean last = --left == 0;
        if (session.talk().isJson()) {
          rows.add(Rows.json(child));
        } else {
          String name = Rows.name(child, child.path().name());
          session.talk().line(indent + (last ? "└── " : "├── ") + name);
        }
        if (child instanceof Entry.OfFolder below) {
          draw(below.path(), below.folder().id(), indent + (last ? "    " : "│   "), levels - 1);
        }
      }
    }
  }
}
