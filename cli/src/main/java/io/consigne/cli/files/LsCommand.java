package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.model.PublicFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
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
    switch (Address.parse(remote)) {
      case Address.InAccount place -> list(session, place);
      case Address.PublicFolder folder -> listPublic(session, folder);
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
      }
    }
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

  private void listPublic(Session session, Address.PublicFolder folder) throws IOException {
    Tree tree = session.treeFor(folder.address());
    List<PublicFile> files = tree.client().links().folder(folder.address(), null);
    if (session.talk().isJson()) {
      session
          .talk()
          .data(
              files.stream()
                  .map(file ->
                      Map.of(
                          "name", file.name(),
                          "kind", "file",
                          "sizeBytes", file.sizeBytes(),
                          "link", file.link().url()))
                  .toList());
      return;
    }
    for (PublicFile file : files) {
      String size = wide ? "%12d  ".formatted(file.sizeBytes()) : "";
      session.talk().line(size + file.name());
    }
  }
}
