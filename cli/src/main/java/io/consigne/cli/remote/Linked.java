package io.consigne.cli.remote;

import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.client.Client;
import io.consigne.client.PublicLinks;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileDetails;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Folder;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.PublicFile;
import io.consigne.client.model.PublicFolder;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.Downloads;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Files that are named by their link, or by the address of their public folder. */
public final class Linked {
  /** A Consigne host nests folders 200 deep. */
  private static final int DEEPEST = 1_000;

  private Linked() {}

  /** What fetches the file behind a link. */
  public static Downloads downloads(Session session, Address.ByLink address) throws IOException {
    return session.isStranger(address.web())
        ? session.links(address.web()).downloads()
        : session.treeFor(address.web()).client().downloads();
  }

  /** All that is said of the file behind a link. */
  public static FileDetails details(Session session, Address.ByLink address) throws IOException {
    return session.passwords().open(address.link(), false, asking(session, address));
  }

  /**
   * The same by a password that is known, or none: nobody is asked for one.
   *
   * @param locked whether it is known to have one
   * @return empty if it has one that is not known
   */
  public static Optional<FileDetails> detailsByKnown(
      Session session, Address.ByLink address, boolean locked) throws IOException {
    return session.passwords().openKnown(address.link(), locked, asking(session, address));
  }

  private static Passwords.Opening<FileDetails> asking(Session session, Address.ByLink address)
      throws IOException {
    if (!session.isStranger(address.web())) {
      return asAccount(session, address);
    }
    PublicLinks links = session.links(address.web());
    return password -> new FileDetails(links.file(address.link(), password), "", false, null);
  }

  private static Passwords.Opening<FileDetails> asAccount(Session session, Address.ByLink address)
      throws IOException {
    Client client = session.treeFor(address.web()).client();
    return password -> client.files().info(address.link(), password);
  }

  /** The same as the account tells it that is to change or copy the file. */
  public static FileDetails ofAccount(Session session, Address.ByLink address) throws IOException {
    return session.passwords().open(address.link(), false, asAccount(session, address));
  }

  /** The file behind a link, at a path that is its name alone. */
  public static Entry.OfFile entry(Session session, Address.ByLink address) throws IOException {
    return entry(details(session, address).file());
  }

  /** The same as the account tells it that is to change or copy the file. */
  public static Entry.OfFile entryOfAccount(Session session, Address.ByLink address)
      throws IOException {
    return entry(ofAccount(session, address).file());
  }

  private static Entry.OfFile entry(RemoteFile file) {
    return new Entry.OfFile(RemotePath.ROOT.child(file.name()), file);
  }

  /** What is directly in a public folder, at paths that are names alone: folders first. */
  public static List<Entry> inPublic(Session session, Address.PublicFolder folder)
      throws IOException {
    return new Published(session, folder).in(folder.address(), RemotePath.ROOT);
  }

  /** All that is in a public folder and below it; each folder comes before what is in it. */
  public static List<Entry> belowPublic(Session session, Address.PublicFolder folder)
      throws IOException {
    var all = new ArrayList<Entry>();
    new Published(session, folder).collect(folder.address(), RemotePath.ROOT, all, new HashSet<>());
    return all;
  }

  /** A public folder, whose password opens those inside, too. */
  private record Published(Session session, Address.PublicFolder folder) {
    List<Entry> in(URI address, RemotePath path) throws IOException {
      PublicLinks links = session.links(folder.address());
      PublicFolder opened =
          session.passwords().open(folder, password -> links.open(address, password));
      var entries = new ArrayList<Entry>();
      for (PublicFolder.Inside inside : opened.folders()) {
        var sharing = new Folder.Sharing(inside.address().toString(), false, List.of(), null);
        entries.add(
            new Entry.OfFolder(
                path.child(inside.name()), new Folder(inside.id(), inside.name(), null, sharing)));
      }
      opened.files().forEach(file -> entries.add(entry(path, file)));
      return entries;
    }

    /** No folder is gone into twice, and none too deep, whatever a host says. */
    void collect(URI address, RemotePath path, List<Entry> all, Set<FolderId> seen)
        throws IOException {
      if (path.names().size() > DEEPEST) {
        throw new Problem(
            Exit.FAILED,
            "the host shows more than %,d folders, each in the one before: %s"
                .formatted(DEEPEST, folder),
            "");
      }
      for (Entry entry : in(address, path)) {
        all.add(entry);
        if (entry instanceof Entry.OfFolder below && seen.add(below.folder().id())) {
          String inside = Objects.requireNonNull(below.folder().sharing().publicUrl());
          collect(URI.create(inside), below.path(), all, seen);
        }
      }
    }
  }

  private static Entry.OfFile entry(RemotePath folder, PublicFile file) {
    return new Entry.OfFile(
        folder.child(file.name()),
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
  public static void unlock(Session session, Downloads downloads, Entry.OfFile entry)
      throws IOException {
    FileLink link = entry.file().link();
    if (link != null && entry.file().locks().password()) {
      var source = DownloadSource.of(entry.file());
      session
          .passwords()
          .open(
              link,
              true,
              password -> downloads.verified(password == null ? source : source.with(password)));
    }
  }
}
