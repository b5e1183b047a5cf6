package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.Session;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.client.Client;
import io.consigne.client.transfer.DownloadSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A remote file that goes to the standard output. */
final class Streamed {
  private final Session session;
  private final Client client;
  private final DownloadSource source;

  private Streamed(Session session, Client client, DownloadSource source) {
    this.session = session;
    this.client = client;
    this.source = source;
  }

  static Streamed file(Session session, Address address) throws IOException {
    return switch (address) {
      case Address.ByLink link -> {
        var source = DownloadSource.of(Linked.entry(session, link).file());
        String password = session.passwords().of(link.link());
        yield new Streamed(
            session,
            Linked.client(session, link),
            password == null ? source : source.with(password));
      }
      case Address.PublicFolder _ ->
          throw new Problem(
              Exit.USAGE,
              "a folder is no stream: " + address,
              "\"consigne ls --json\" shows the links of its files");
      case Address.InAccount place ->
          switch (session.tree(place).get(place.path())) {
            case Entry.OfFolder _ ->
                throw new Problem(Exit.USAGE, "a folder is no stream: " + address);
            case Entry.OfFile file ->
                new Streamed(session, session.tree(place).client(), DownloadSource.of(file.file()));
          };
    };
  }

  long sizeBytes() {
    return source.sizeBytes();
  }

  /** Writes the bytes from {@code first} to before {@code end}, or to the end of the file. */
  void copy(long first, long end) throws IOException {
    session.talk().flush();
    OutputStream out = session.around().out();
    long last = Math.min(end, source.sizeBytes());
    if (last > first) {
      try (InputStream in = client.downloads().open(source, first, last)) {
        in.transferTo(out);
      }
    }
    out.flush();
  }
}
