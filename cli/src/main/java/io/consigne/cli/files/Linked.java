package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.client.Client;
import io.consigne.client.PublicLinks;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileDetails;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.PublicFile;
import io.consigne.client.model.RemoteFile;
import java.io.IOException;
import java.util.List;

/** Files that are named by their link, or by the address of their public folder. */
final class Linked {
  private Linked() {}

  /** The account that asks for a link. */
  static Client client(Session session, Address.ByLink address) throws IOException {
    return session.treeFor(address.web()).client();
  }

  /** All that is said of the file behind a link. */
  static FileDetails details(Session session, Address.ByLink address) throws IOException {
    Client client = client(session, address);
    FileLink link = address.link();
    return session.passwords().open(link, false, password -> client.files().info(link, password));
  }

  /** The file behind a link, at a path that is its name alone. */
  static Entry.OfFile entry(Session session, Address.ByLink address) throws IOException {
    RemoteFile file = details(session, address).file();
    return new Entry.OfFile(RemotePath.ROOT.child(file.name()), file);
  }

  /** The files of a public folder, at paths that are their names alone. */
  static List<Entry.OfFile> publicFiles(Session session, Address.PublicFolder folder)
      throws IOException {
    PublicLinks links = session.links(folder.address());
    return session
        .passwords()
        .open(folder, password -> links.folder(folder.address(), password))
        .stream()
        .map(Linked::entry)
        .toList();
  }

  private static Entry.OfFile entry(PublicFile file) {
    return new Entry.OfFile(
        RemotePath.ROOT.child(file.name()),
        new RemoteFile(
            file.link(),
            file.name(),
            file.sizeBytes(),
            new RemoteFile.Times(null, null),
            Checksums.NONE,
            "",
            file.locks(),
            null));
  }

  /** Asks for the password of a file that has one, before anything is moved. */
  static void unlock(Session session, Client client, Entry.OfFile entry) throws IOException {
    FileLink link = entry.file().link();
    if (link != null && entry.file().locks().password()) {
      session.passwords().open(link, true, password -> client.files().info(link, password));
    }
  }
}
