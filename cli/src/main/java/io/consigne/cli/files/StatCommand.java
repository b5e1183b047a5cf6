package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.model.FileDetails;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells all of a file or folder. */
@Command(name = "stat", description = "Tell all that the host says of a file or folder.")
public final class StatCommand extends RemoteCommand {
  @Parameters(paramLabel = "REMOTE", description = "A path or a link.")
  String remote;

  /** A command that runs there. */
  public StatCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    Map<String, Object> row =
        switch (Address.parse(remote)) {
          case Address.ByLink link ->
              detailed(
                  Linked.entry(session, link),
                  Linked.client(session, link).files().info(link.link()));
          case Address.InAccount place -> inAccount(session.tree(place), place);
          case Address.PublicFolder folder ->
              throw new Problem(Exit.USAGE, "\"consigne ls\" lists " + folder);
        };
    if (session.talk().isJson()) {
      session.talk().data(row);
    } else {
      row.forEach((name, value) -> session.talk().line(String.format("%-12s  %s", name, value)));
    }
    return Exit.OK;
  }

  private static Map<String, Object> inAccount(Tree tree, Address.InAccount place)
      throws IOException {
    Entry entry = tree.get(place.path());
    return entry instanceof Entry.OfFile file && file.file().link() != null
        ? detailed(file, tree.client().files().info(file.file().link()))
        : Rows.json(entry);
  }

  private static Map<String, Object> detailed(Entry.OfFile listed, FileDetails details) {
    var row = new LinkedHashMap<String, Object>();
    row.putAll(Rows.json(new Entry.OfFile(listed.path(), details.file())));
    row.put("contentType", details.file().contentType());
    if (!details.description().isEmpty()) {
      row.put("description", details.description());
    }
    row.put("inline", details.inline());
    return row;
  }
}
