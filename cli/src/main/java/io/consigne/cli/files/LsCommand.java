package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.Linked;
import io.consigne.cli.remote.PasswordOption;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists a folder. */
@Command(
    name = "ls",
    description = "List a folder, a file, or a public folder by its address.",
    footer = {"", "Times are in UTC; sizes in bytes. Folders end with a slash."})
public final class LsCommand extends RemoteCommand {
  @Option(names = "-l", description = "Sizes and times, too.")
  boolean wide;

  @Option(
      names = {"-R", "--recursive"},
      description = "All that is below.")
  boolean recursive;

  @Mixin PasswordOption password;

  @Parameters(
      arity = "0..1",
      paramLabel = "REMOTE",
      defaultValue = "/",
      description = "Such as /folder, profile:/folder, or a link. Default: /")
  String remote;

  /** A command that runs there. */
  public LsCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    session.opening(password);
    switch (Address.parse(remote)) {
      case Address.InAccount place -> list(session, place);
      case Address.PublicFolder folder ->
          show(
              session,
              RemotePath.ROOT,
              recursive ? Linked.belowPublic(session, folder) : Linked.inPublic(session, folder));
      case Address.ByLink link ->
          show(session, RemotePath.ROOT, List.of(Linked.entry(session, link)));
    }
    return Exit.OK;
  }

  private void list(Session session, Address.InAccount place) throws IOException {
    Tree tree = session.tree(place);
    switch (tree.get(place.path())) {
      case Entry.OfFile file -> show(session, place.path().parent(), List.of(file));
      case Entry.OfFolder folder -> {
        List<Entry> entries = new ArrayList<>();
        if (recursive) {
          tree.walk(place.path(), folder.folder().id(), entries::add);
        } else {
          entries.addAll(tree.children(place.path(), folder.folder().id()));
        }
        show(session, place.path(), entries);
        noteCut(session, tree, folder);
        for (Entry entry : recursive ? entries : List.<Entry>of()) {
          if (entry instanceof Entry.OfFolder below) {
            noteCut(session, tree, below);
          }
        }
      }
    }
  }

  private static void noteCut(Session session, Tree tree, Entry.OfFolder folder)
      throws IOException {
    tree.cut(folder.path(), folder.folder().id()).ifPresent(session.talk()::note);
  }

  private void show(Session session, RemotePath base, List<Entry> entries) {
    if (session.talk().isJson()) {
      session.talk().data(entries.stream().map(Rows::json).toList());
      return;
    }
    for (Entry entry : entries) {
      List<String> names = entry.path().names();
      String name = String.join("/", names.subList(base.names().size(), names.size()));
      session.talk().line(wide ? Rows.wide(entry, name) : Rows.name(entry, name));
    }
  }
}
