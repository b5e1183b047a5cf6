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
import io.consigne.client.model.FileDetails;
import io.consigne.client.model.Folder;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells all of a file or folder. */
@Command(name = "stat", description = "Tell all that the host says of a file or folder.")
public final class StatCommand extends RemoteCommand {
  @Mixin PasswordOption password;

  @Parameters(
      paramLabel = "REMOTE",
      description = "A path, a link, or the address of a public folder.")
  String remote;

  /** A command that runs there. */
  public StatCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    session.opening(password);
    Map<String, Object> row =
        switch (Address.parse(remote)) {
          case Address.ByLink link -> detailed(RemotePath.ROOT, Linked.details(session, link));
          case Address.InAccount place -> inAccount(session.tree(place), place);
          case Address.PublicFolder folder -> publicFolder(session, folder);
        };
    if (session.talk().isJson()) {
      session.talk().data(row);
    } else {
      row.forEach((name, value) ->
          session.talk().line(String.format("%-12s  %s", name, Opened.words(value))));
    }
    return Exit.OK;
  }

  private static Map<String, Object> inAccount(Tree tree, Address.InAccount place)
      throws IOException {
    Entry entry = tree.get(place.path());
    Map<String, Object> row = Rows.json(entry);
    return switch (entry) {
      case Entry.OfFile file when file.file().link() != null ->
          detailed(place.path().parent(), tree.client().files().info(file.file().link()));
      case Entry.OfFile _ -> row;
      case Entry.OfFolder folder -> {
        Opened.addTo(row, sharing(tree, folder));
        yield row;
      }
    };
  }

  /** To whom a folder is open is told where it is listed itself, not above it. */
  private static Folder sharing(Tree tree, Entry.OfFolder entry) throws IOException {
    Folder folder = entry.folder();
    return folder.sharing().owner() == null
        ? tree.list(entry.path(), folder.id()).folder()
        : folder;
  }

  private static Map<String, Object> publicFolder(Session session, Address.PublicFolder folder)
      throws IOException {
    List<Entry> entries = Linked.inPublic(session, folder);
    List<Entry.OfFile> files =
        entries.stream()
            .filter(Entry.OfFile.class::isInstance)
            .map(Entry.OfFile.class::cast)
            .toList();
    var row = new LinkedHashMap<String, Object>();
    row.put("publicUrl", folder.toString());
    row.put("kind", "folder");
    row.put("folders", entries.size() - files.size());
    row.put("files", files.size());
    row.put("sizeBytes", files.stream().mapToLong(file -> file.file().sizeBytes()).sum());
    return row;
  }

  private static Map<String, Object> detailed(RemotePath folder, FileDetails details) {
    RemotePath path = folder.child(details.file().name());
    var row = new LinkedHashMap<>(Rows.json(new Entry.OfFile(path, details.file())));
    row.put("contentType", details.file().contentType());
    if (!details.description().isEmpty()) {
      row.put("description", details.description());
    }
    row.put("inline", details.inline());
    Opened.addTo(row, details.rules());
    LinkEnd.add(row, details.rules());
    return row;
  }
}
