package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.RemoteCommand;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Surroundings;
import io.consigne.client.cache.CachedFolder;
import io.consigne.client.cache.CachedFolders;
import io.consigne.client.model.Folder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens folders to others. */
@Command(
    name = "share",
    description = "Publish a folder and print its address, or open it to accounts.",
    footer = {
      "",
      "  consigne share /photos                           for anyone with the address",
      "  consigne share /photos --below                   with all folders inside",
      "  consigne share /photos --with alice@example.org  for this account",
      "  consigne share /photos --end                     for nobody"
    })
public final class ShareCommand extends RemoteCommand {
  @Option(
      names = "--ask-password",
      description =
          "The address asks for a password: typed without echo, or read from the"
              + " standard input.")
  boolean password;

  @Option(
      names = "--below",
      description = {
        "The address opens the folders inside, too, but those with a password of their own;"
            + " without it, files only. Not at 1fichier.com."
      })
  boolean below;

  @Option(
      names = "--with",
      paramLabel = "ADDRESS",
      description = "Open it to this account and no others; may be repeated.")
  List<String> guests = new ArrayList<>();

  @Option(names = "--write", description = "These accounts may change what is inside.")
  boolean writes;

  @Option(names = "--hide-links", description = "These accounts see no links.")
  boolean hidesLinks;

  @Option(
      names = "--end",
      description =
          "End its address and all sharing. Refused for a folder with a password while one above it"
              + " is public with the folders inside.")
  boolean end;

  @Parameters(paramLabel = "REMOTE", description = "The path of a folder.")
  String remote;

  /** A command that runs there. */
  public ShareCommand(Surroundings around) {
    super(around);
  }

  @Override
  protected Exit run(Session session) throws IOException {
    requireOneWay();
    Address.InAccount place = Places.inAccount(remote);
    Folder there =
        session
            .tree(place)
            .folder(place.path())
            .orElseThrow(() -> new Problem(Exit.NOT_FOUND, "no folder is at " + place));
    var folder = new CachedFolder(place.path().text(), there);
    CachedFolders folders = session.tree(place).listings().folders();
    if (end) {
      folders.unshare(folder);
      tell(session, List.of());
    } else if (guests.isEmpty()) {
      if (below && !session.tree(place).client().capabilities().publicBelow()) {
        throw new Problem(Exit.USAGE, "--below: this host publishes the files of one folder alone");
      }
      publish(session, folders, folder);
    } else {
      folders.share(
          folder,
          guests.stream().map(email -> new Folder.Guest(email, writes, hidesLinks)).toList());
      tell(session, guests);
    }
    return Exit.OK;
  }

  /** What would be ignored could be what somebody relies on. */
  private void requireOneWay() {
    boolean isPublic = !end && guests.isEmpty();
    if (!isPublic && (below || password)) {
      throw new Problem(
          Exit.USAGE,
          "%s is of an address for anyone, and does not go with %s"
              .formatted(below ? "--below" : "--ask-password", end ? "--end" : "--with"));
    }
    if (end && !guests.isEmpty()) {
      throw new Problem(Exit.USAGE, "--end ends all sharing, and does not go with --with");
    }
    if (guests.isEmpty() && (writes || hidesLinks)) {
      throw new Problem(
          Exit.USAGE,
          "%s is of accounts, which --with names".formatted(writes ? "--write" : "--hide-links"));
    }
  }

  private static void tell(Session session, List<String> guests) {
    if (session.talk().isJson()) {
      session.talk().data(Map.of("guests", guests));
    }
  }

  private void publish(Session session, CachedFolders folders, CachedFolder folder)
      throws IOException {
    String secret = password ? session.talk().secret("Password of the folder") : null;
    String url = below ? folders.publishBelow(folder, secret) : folders.publish(folder, secret);
    if (session.talk().isJson()) {
      session.talk().data(Map.of("publicUrl", url));
    } else {
      session.talk().line(url);
    }
  }
}
