package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.Linked;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.Downloads;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** A remote file that goes to the standard output; one in parts, part after part. */
final class Streamed {
  private final Session session;
  private final Downloads downloads;
  private final List<DownloadSource> parts;

  private Streamed(Session session, Downloads downloads, List<DownloadSource> parts) {
    this.session = session;
    this.downloads = downloads;
    this.parts = parts;
  }

  static Streamed file(Session session, Address address) throws IOException {
    return switch (address) {
      case Address.ByLink link -> {
        var source = DownloadSource.of(Linked.entry(session, link).file());
        String password = session.passwords().of(link.link());
        yield new Streamed(
            session,
            Linked.downloads(session, link),
            List.of(password == null ? source : source.with(password)));
      }
      case Address.PublicFolder _ ->
          throw new Problem(
              Exit.USAGE,
              "a folder is no stream: " + address,
              "\"consigne ls --json\" shows the links of its files");
      case Address.InAccount place -> inAccount(session, session.tree(place), place);
    };
  }

  private static Streamed inAccount(Session session, Tree tree, Address.InAccount place)
      throws IOException {
    Optional<Entry.OfFolder> inParts = inParts(tree, place.path());
    Entry entry = inParts.isPresent() ? inParts.get() : tree.get(place.path());
    return switch (entry) {
      case Entry.OfFile file ->
          new Streamed(session, tree.client().downloads(), List.of(DownloadSource.of(file.file())));
      case Entry.OfFolder folder ->
          new Streamed(
              session,
              tree.client().downloads(),
              SplitPlan.parts(tree, folder)
                  .orElseThrow(() -> new Problem(Exit.USAGE, "a folder is no stream: " + place))
                  .parts());
    };
  }

  /** The folder of parts that a path without a file of its own means; empty for any other. */
  static Optional<Entry.OfFolder> inParts(Tree tree, RemotePath path) throws IOException {
    if (path.isRoot() || tree.folder(path).isPresent() || !tree.files(path).isEmpty()) {
      return Optional.empty();
    }
    RemotePath folder = SplitPlan.folder(path);
    return tree.folder(folder)
        .map(found -> new Entry.OfFolder(folder, found))
        .filter(found -> isWhole(tree, found));
  }

  private static boolean isWhole(Tree tree, Entry.OfFolder folder) {
    try {
      return SplitPlan.parts(tree, folder).isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long sizeBytes() {
    return parts.stream().mapToLong(DownloadSource::sizeBytes).sum();
  }

  /** Writes the bytes from {@code first} to before {@code end}, or to the end of the file. */
  void copy(long first, long end) throws IOException {
    session.talk().flush();
    OutputStream out = session.around().out();
    long begin = 0;
    for (DownloadSource part : parts) {
      long from = Math.max(0, first - begin);
      long to = Math.min(end - begin, part.sizeBytes());
      if (to > from) {
        try (InputStream in = downloads.open(part, from, to)) {
          in.transferTo(out);
        }
      }
      begin += part.sizeBytes();
    }
    out.flush();
  }
}
