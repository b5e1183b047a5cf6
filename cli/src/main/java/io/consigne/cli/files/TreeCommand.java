package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.PasswordOption;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws what is below a folder. */
@Command(name = "tree", description = "Draw what is below a folder.")
public final class TreeCommand extends RemoteCommand {
  @Option(names = "--depth", paramLabel = "NUMBER", description = "Show only this many levels.")
  int depth = Integer.MAX_VALUE;

  @Mixin PasswordOption password;

  @Parameters(
      arity = "0..1",
      paramLabel = "REMOTE",
      defaultValue = "/",
      description = "A folder, or the address of a public one. Default: /")
  String remote;

  /** A command that runs there. */
  public TreeCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    session.opening(password);
    Address address = Address.parse(remote);
    var drawing = new Drawing(session, new ArrayList<>());
    if (!session.talk().isJson()) {
      session.talk().line(address.toString());
    }
    switch (Below.of(session, address)) {
      case Below.InFolder in -> drawing.drawFolder(in, "", depth);
      case Below.Few few -> drawing.drawFew(few, few.path(), "", depth);
    }
    if (session.talk().isJson()) {
      session.talk().data(drawing.rows());
    }
    return Exit.OK;
  }

  /** One run; rows are for JSON. */
  private record Drawing(Session session, List<Map<String, Object>> rows) {
    /** Draws what is in a folder, and notes it if the host does not list all. */
    void drawFolder(Below.InFolder in, String indent, int levels) throws IOException {
      draw(
          in.tree().children(in.path(), in.folder()),
          indent,
          levels,
          (below, deeper) ->
              drawFolder(
                  new Below.InFolder(in.tree(), below.path(), below.folder().id()),
                  deeper,
                  levels - 1));
      in.tree().cut(in.path(), in.folder()).ifPresent(session.talk()::note);
    }

    /** Draws what is directly in one folder of a few entries. */
    void drawFew(Below.Few few, RemotePath folder, String indent, int levels) throws IOException {
      draw(
          few.entries().stream().filter(entry -> entry.path().parent().equals(folder)).toList(),
          indent,
          levels,
          (below, deeper) -> drawFew(few, below.path(), deeper, levels - 1));
    }

    private void draw(List<Entry> children, String indent, int levels, Inside inside)
        throws IOException {
      int left = children.size();
      for (Entry child : children) {
        boolean last = --left == 0;
        if (session.talk().isJson()) {
          rows.add(Rows.json(child));
        } else {
          String name = Rows.name(child, child.path().name());
          session.talk().line(indent + (last ? "└── " : "├── ") + name);
        }
        if (levels > 1 && child instanceof Entry.OfFolder below) {
          inside.draw(below, indent + (last ? "    " : "│   "));
        }
      }
    }

    /** Draws what is in a folder, below it. */
    @FunctionalInterface
    private interface Inside {
      void draw(Entry.OfFolder folder, String indent) throws IOException;
    }
  }
}
