package io.consigne.core.tree;

import io.consigne.core.db.Row;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the tree.
 *
 * @param id its number
 * @param account its owner
 * @param parentOrNull the folder that it is in; null for the root of its account
 * @param name unique within its parent; the root is called {@code Root}
 * @param created when it was made
 * @param revision the account's change counter when it last changed
 * @param shareTokenOrNull the token of its public address, null if it is not public
 * @param sharePasswordOrNull Argon2id hash of the password of its public address, or null
 */
public record Folder(
    FolderId id,
    AccountId account,
    @Nullable FolderId parentOrNull,
    String name,
    Instant created,
    long revision,
    @Nullable String shareTokenOrNull,
    @Nullable String sharePasswordOrNull) {
  static final String COLUMNS =
      "id, account_id, parent_id, name, created_at, revision, share_token, share_password";

  static Folder read(Row row) {
    Long parent = row.numberOrNull("parent_id");
    return new Folder(
        new FolderId(row.number("id")),
        new AccountId(row.number("account_id")),
        parent == null ? null : new FolderId(parent),
        row.text("name"),
        row.instant("created_at"),
        row.number("revision"),
        row.textOrNull("share_token"),
        row.textOrNull("share_password"));
  }

  /** The token of its public address {@code /dir/<token>}. */
  public Optional<String> shareToken() {
    return Optional.ofNullable(shareTokenOrNull);
  }

  /** Whether its public address opens what lies below it, too. */
  public boolean sharesBelow() {
    return shareTokenOrNull != null && Coverage.isBelow(shareTokenOrNull);
  }

  /** Whether its public address wants a password. */
  public boolean sharePassword() {
    return sharePasswordOrNull != null;
  }

  /** What the audit log calls it. */
  public String label() {
    return "folder " + id + " " + name;
  }

  @Override
  public String toString() {
    return "Folder[" + id + " " + name + "]";
  }
}
