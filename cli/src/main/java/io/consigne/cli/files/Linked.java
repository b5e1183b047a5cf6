package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.client.Client;
import io.consigne.client.model.RemoteFile;
import java.io.IOException;
import java.net.URI;

/** Files that are named by their link. */
final class Linked {
  private Linked() {}

  /** The account that asks for a link. */
  static Client client(Session session, Address.ByLink address) throws IOException {
    return session.treeFor(URI.create(address.link().url())).client();
  }

  /** The file behind a link, at a path that is its name alone. */
  static Entry.OfFile entry(Session session, Address.ByLink address) throws IOException {
    RemoteFile file = client(session, address).files().info(address.link()).file();
    return new Entry.OfFile(RemotePath.ROOT.child(file.name()), file);
  }
}
