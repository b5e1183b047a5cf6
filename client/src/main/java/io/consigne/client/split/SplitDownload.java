package io.consigne.client.split;

import io.consigne.client.Client;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transfer.Claim;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.Downloads;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.TransferEvent;
import io.consigne.client.transfer.TransferFile;
import io.consigne.client.transfer.Unfinished;
import io.consigne.client.transfer.UploadSource;
import io.consigne.client.transfer.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fetches the parts of a file one after the other and joins them. Until the file is whole it is
 * {@code NAME.joined-MARK}, and whoever fetches it again goes on there. A part needs room twice,
 * for a moment.
 */
public final class SplitDownload {
  private final Client client;
  private final Manifest manifest;
  private final List<DownloadSource> parts;

  private SplitDownload(Client client, Manifest manifest, List<DownloadSource> parts) {
    this.client = client;
    this.manifest = manifest;
    this.parts = List.copyOf(parts);
  }

  /**
   * {@return the file that the contents of a folder are, if there is a manifest}
   *
   * @param client of the account
   * @param folder its listing
   * @throws NotWholeException if parts are missing, or the manifest is none that can be read
   * @throws IOException if the host refuses or cannot be reached
   */
  public static Optional<SplitDownload> of(Client client, List<RemoteFile> folder)
      throws IOException {
    Optional<RemoteFile> file = named(Manifest.NAME, folder);
    if (file.isEmpty() || file.get().sizeBytes() > Manifest.LONGEST) {
      return Optional.empty();
    }
    Manifest manifest =
        Manifest.parse(text(client, file.get()))
            .orElseThrow(() ->
                new NotWholeException(
                    "the manifest of a split file cannot be read: " + shown(file.get())));
    var parts = new ArrayList<DownloadSource>();
    for (Manifest.Part part : manifest.parts()) {
      parts.add(source(part, folder));
    }
    return Optional.of(new SplitDownload(client, manifest, parts));
  }

  private static DownloadSource source(Manifest.Part part, List<RemoteFile> folder)
      throws IOException {
    FileLink link =
        folder.stream()
            .filter(found -> found.name().equals(part.name()) && isSame(found, part))
            .findFirst()
            .map(RemoteFile::link)
            .orElseThrow(() -> new NotWholeException("a part is missing: " + part.name()));
    var checksums = new Checksums(null, part.sha256());
    return new DownloadSource(link, part.sizeBytes(), checksums, null, null);
  }

  /** As far as the host tells: a part of an earlier try may have the name, too. */
  private static boolean isSame(RemoteFile found, Manifest.Part part) {
    String sha256 = found.checksums().sha256();
    return found.sizeBytes() == part.sizeBytes()
        && (sha256 == null || sha256.equals(part.sha256()));
  }

  private static String shown(RemoteFile file) {
    FileLink link = file.link();
    return link == null ? file.name() : link.url();
  }

  private static Optional<RemoteFile> named(String name, List<RemoteFile> folder) {
    return folder.stream().filter(file -> file.name().equals(name)).findFirst();
  }

  private static String text(Client client, RemoteFile file) throws IOException {
    DownloadSource source = DownloadSource.of(file);
    try (InputStream in = client.downloads().open(source, 0, source.sizeBytes())) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** {@return what the parts are} */
  public Manifest manifest() {
    return manifest;
  }

  /** {@return the parts in order} */
  public List<DownloadSource> parts() {
    return parts;
  }

  /**
   * Fetches and joins. Each part is compared with its SHA-256 before it counts.
   *
   * @param target the whole file
   * @param ifExists what to do if it is there
   * @param progress told of each part
   * @throws FileAlreadyExistsException if the target is there and not to be replaced, or a folder,
   *     or if something is in the way that has the name of what is joined, and is none
   * @throws IOException also if another process is at it
   */
  public void fetch(Path target, Downloads.IfExists ifExists, Progress progress)
      throws IOException {
    boolean replaces = ifExists == Downloads.IfExists.REPLACE;
    if (!replaces && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Unfinished.requireNoFolder(target);
    Path joined = Unfinished.joined(target, manifest.mark());
    Unfinished.require(joined);
    try (Claim claim = Claim.of(target, joined);
        FileChannel whole =
            FileChannel.open(
                joined,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
      claim.lock(whole);
      join(whole, joined, progress);
      // The lock may end here, as the time is set by another handle of the file. Who gets it now
      // finds a whole file, and writes nothing.
      Files.setLastModifiedTime(joined, FileTime.from(manifest.modified()));
      whole.force(true);
      if (replaces) {
        WholeFile.replace(joined, target);
      } else {
        WholeFile.name(joined, target);
      }
    }
  }

  /**
   * Appends what is missing; what is there ends with a whole part, after a break with a torn one. A
   * part is on disk there once its piece is gone.
   */
  private void join(FileChannel whole, Path joined, Progress progress) throws IOException {
    long end = 0;
    for (DownloadSource part : parts) {
      long next = end + part.sizeBytes();
      Path piece = joined.resolveSibling(joined.getFileName() + "." + next);
      if (whole.size() < next || Files.exists(piece)) {
        whole.truncate(end).position(end);
        fetch(part, piece, progress);
        try (InputStream in = Files.newInputStream(piece)) {
          in.transferTo(Channels.newOutputStream(whole));
        }
        whole.force(true);
        Files.delete(piece);
      }
      end = next;
    }
  }

  /** Fetches a piece, unless an earlier run has fetched it and ended before it was added. */
  private void fetch(DownloadSource part, Path piece, Progress progress) throws IOException {
    if (isWhole(piece, part)) {
      var file = new TransferFile(String.valueOf(piece.getFileName()), part.sizeBytes());
      progress.seen(new TransferEvent.Begun(file, part.sizeBytes()));
      progress.seen(new TransferEvent.Ended(file));
    } else {
      client.downloads().fetch(part, piece, Downloads.IfExists.REPLACE, progress);
    }
  }

  private static boolean isWhole(Path piece, DownloadSource part) throws IOException {
    return Files.isRegularFile(piece, LinkOption.NOFOLLOW_LINKS)
        && Files.size(piece) == part.sizeBytes()
        && UploadSource.of(piece).matches(part.checksums());
  }
}
