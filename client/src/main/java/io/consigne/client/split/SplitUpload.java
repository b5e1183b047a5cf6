package io.consigne.client.split;

import io.consigne.client.Client;
import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.UploadResult;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends a file in parts. Parts that an earlier try has stored are not sent again; those of other
 * bytes are removed, since a host may not tell which is which.
 *
 * {@snippet file="io/consigne/client/ExamplesTest.java" region=split}
 */
public final class SplitUpload {
  private final Place place;

  /**
   * Sends to an account.
   *
   * @param client of the account
   * @param progress told of each part
   */
  public SplitUpload(Client client, Progress progress) {
    this(
        new Place() {
          @Override
          public List<UploadResult> send(
              FolderId folder, List<UploadSource> pieces, Set<FileLink> others) throws IOException {
            return client.uploads().send(folder, pieces, others, progress);
          }

          @Override
          public void remove(List<FileLink> links) throws IOException {
            client.files().remove(links);
          }
        });
  }

  /**
   * Sends to a place of its own.
   *
   * @param place where parts are stored
   */
  public SplitUpload(Place place) {
    this.place = place;
  }

  /** Where parts are stored: an account, or one of which it is remembered what was stored. */
  public interface Place {
    /**
     * Sends files.
     *
     * @param folder into which they go
     * @param pieces the files
     * @param others what is there by these names already, and is none of them
     * @return what became of each
     * @throws IOException if the host cannot be reached
     */
    List<UploadResult> send(FolderId folder, List<UploadSource> pieces, Set<FileLink> others)
        throws IOException;

    /**
     * Removes files.
     *
     * @param links of the files
     * @throws IOException if the host refuses or cannot be reached
     */
    void remove(List<FileLink> links) throws IOException;
  }

  /**
   * Sends the parts of a file into a folder of its own, removes what else has the name of one of
   * them, then sends the manifest.
   *
   * @param file to be sent
   * @param partBytes length of all parts but the last
   * @param folder of its own
   * @param there what is in the folder already
   * @return what was stored
   * @throws IllegalArgumentException if a whole file is there, which has a manifest: its parts stay
   * @throws RefusedException if the host takes a part not; what is there stays for the next try
   * @throws IOException also if the file changes meanwhile; there is no manifest then
   */
  public Manifest send(Path file, long partBytes, FolderId folder, List<RemoteFile> there)
      throws IOException {
    if (there.stream().anyMatch(known -> known.name().equals(Manifest.NAME))) {
      throw new IllegalArgumentException("a whole file in parts is in the folder of " + file);
    }
    FileTime modified = Files.getLastModifiedTime(file);
    long size = Files.size(file);
    var parts = new HashMap<String, Manifest.Part>();
    var superseded = new HashSet<FileLink>();
    List<UploadSource> missing = new ArrayList<>();
    List<UploadSource> pieces = Pieces.of(file, partBytes);
    for (UploadSource piece : pieces) {
      Optional<RemoteFile> known = known(piece, there);
      if (known.isPresent()) {
        parts.put(piece.name(), part(piece, piece.sha256()));
      } else {
        missing.add(piece);
      }
      superseded.addAll(others(piece, known.orElse(null), there));
    }
    send(folder, missing, superseded, parts);
    if (!Files.getLastModifiedTime(file).equals(modified) || Files.size(file) != size) {
      throw new IOException("it changed while it was sent: " + file);
    }
    if (!superseded.isEmpty()) {
      place.remove(List.copyOf(superseded));
    }
    var manifest =
        new Manifest(
            modified.toInstant(), pieces.stream().map(piece -> parts.get(piece.name())).toList());
    byte[] text = manifest.text().getBytes(StandardCharsets.UTF_8);
    send(folder, List.of(UploadSource.of(Manifest.NAME, text)), Set.of(), new HashMap<>());
    return manifest;
  }

  /** A part that is there with the bytes of the piece; one without a checksum is not believed. */
  private static Optional<RemoteFile> known(UploadSource piece, List<RemoteFile> there)
      throws IOException {
    for (RemoteFile file : there) {
      Checksums checksums = file.checksums();
      if (file.name().equals(piece.name())
          && file.sizeBytes() == piece.sizeBytes()
          && !checksums.isEmpty()
          && piece.matches(checksums)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static List<FileLink> others(
      UploadSource piece, @Nullable RemoteFile known, List<RemoteFile> there) {
    return there.stream()
        .filter(file -> file.name().equals(piece.name()) && !file.equals(known))
        .map(RemoteFile::link)
        .filter(Objects::nonNull)
        .toList();
  }

  private static Manifest.Part part(UploadSource piece, String sha256) {
    return new Manifest.Part(piece.name(), piece.sizeBytes(), sha256);
  }

  private void send(
      FolderId folder,
      List<UploadSource> pieces,
      Set<FileLink> others,
      Map<String, Manifest.Part> parts)
      throws IOException {
    for (UploadResult result : place.send(folder, pieces, others)) {
      UploadSource piece = result.source();
      switch (result) {
        case UploadResult.NotStored not -> throw new RefusedException(not.refusal());
        case UploadResult.InDoubt doubt -> throw new RefusedException(doubt.refusal());
        case UploadResult.NotTried not -> throw new RefusedException(not.refusal());
        case UploadResult.Stored stored -> {
          String sent = stored.checksums().sha256();
          String sha256 = sent == null ? piece.sha256() : sent;
          parts.put(piece.name(), part(piece, sha256));
        }
      }
    }
  }
}
