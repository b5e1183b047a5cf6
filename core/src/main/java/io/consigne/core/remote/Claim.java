package io.consigne.core.remote;

import io.consigne.core.accounts.Access;
import io.consigne.core.db.Row;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.uploads.Checkpoint;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A fetch that this node has taken on.
 *
 * @param id the fetch's number
 * @param request whose source it is
 * @param number of the claim; void when the row has a higher one
 * @param access who asked, with the plan of now
 * @param folder where the file goes
 * @param source the sealed address
 * @param headers the sealed headers, null for none
 * @param copiedOrNull the file of this host to copy, null to fetch
 * @param attempts how many tries in a row brought nothing before
 * @param partialOrNull what came of it already, null if nothing
 */
record Claim(
    long id,
    long request,
    long number,
    Access access,
    FolderRef folder,
    String source,
    @Nullable String headers,
    @Nullable LinkId copiedOrNull,
    long attempts,
    @Nullable Partial partialOrNull) {
  static Claim read(Row row) {
    Access access = Requester.read(row);
    FolderId folder = new FolderId(row.number("folder_id"));
    String copied = row.textOrNull("copied_link");
    return new Claim(
        row.number("id"),
        row.number("request_id"),
        row.number("claim") + 1,
        access,
        folder.equals(access.root()) ? FolderRef.ROOT : FolderRef.of(folder),
        row.text("source"),
        row.textOrNull("headers"),
        copied == null ? null : new LinkId(copied),
        row.number("attempts"),
        Partial.read(row));
  }

  Optional<LinkId> copied() {
    return Optional.ofNullable(copiedOrNull);
  }

  /** No address and no header. */
  @Override
  public String toString() {
    return "Claim[" + id + "/" + number + "]";
  }

  /**
   * The part of a file that came before a crash or a break.
   *
   * @param checkpoint where it is
   * @param sum CRC32C of it
   * @param validator what the source called its state then
   * @param name the file's name
   * @param length of the whole file, if the source said it
   */
  record Partial(
      Checkpoint checkpoint, long sum, String validator, String name, OptionalLong length) {
    private static @Nullable Partial read(Row row) {
      String file = row.textOrNull("partial_file");
      String validator = row.textOrNull("validator");
      Long length = row.numberOrNull("total_bytes");
      return file == null || validator == null
          ? null
          : new Partial(
              new Checkpoint(file, row.number("partial_bytes")),
              row.number("partial_sum"),
              validator,
              row.text("name"),
              length == null ? OptionalLong.empty() : OptionalLong.of(length));
    }
  }
}
