package io.consigne.client.transfer;

import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An upload of which it is not known what became of it.
 *
 * @param folder into which its files go
 * @param host that takes the bytes, with a port if it is not the usual one
 * @param id of the upload at that host
 * @param files that were sent, in their order
 * @param others files that were in the folder before: none of them is one that was sent
 */
public record OpenUpload(
    FolderId folder, String host, String id, List<Item> files, Set<FileLink> others) {
  /** Copies. */
  public OpenUpload {
    files = List.copyOf(files);
    others = Set.copyOf(others);
  }

  /** {@return how much was sent} */
  public long bytes() {
    return files.stream().mapToLong(Item::sizeBytes).sum();
  }

  /**
   * A file of it.
   *
   * @param name it was to have
   * @param sizeBytes its length
   * @param modified its modification time on this machine, or null: not known
   * @param checksums of the bytes that went out, as far as they are known
   */
  public record Item(
      String name, long sizeBytes, @Nullable Instant modified, Checksums checksums) {}
}
