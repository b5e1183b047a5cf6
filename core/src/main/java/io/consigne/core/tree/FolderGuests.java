package io.consigne.core.tree;

import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.EmailAddress;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import java.util.List;

/** The other accounts that a folder is opened to, within their owner's transaction. */
final class FolderGuests {
  private FolderGuests() {}

  /** Opens it to these accounts, and to no others. */
  static void set(Sql sql, Folder folder, List<Share> shares) {
    List<Long> before =
        sql.list(
            "SELECT account_id FROM folder_shares WHERE folder_id = ?",
            row -> row.number("account_id"),
            folder.id().value());
    sql.update("DELETE FROM folder_shares WHERE folder_id = ?", folder.id().value());
    for (Share share : shares) {
      long guest = account(sql, share.email());
      if (guest == folder.account().value()) {
        throw new Failure.Invalid("shares", share.email(), "must be another account than yours")
            .asException();
      }
      sql.update(
          """
          INSERT INTO folder_shares (folder_id, account_id, rw, hide_links) VALUES (?, ?, ?, ?)
          ON CONFLICT (folder_id, account_id) DO UPDATE
          SET rw = excluded.rw, hide_links = excluded.hide_links
          """,
          folder.id().value(),
          guest,
          share.writable(),
          share.hideLinks());
      if (!before.contains(guest)) {
        checkRoom(sql, folder.account(), guest, share.email());
      }
    }
  }

  private static void checkRoom(Sql sql, AccountId owner, long guest, String email) {
    long seen = sql.number("SELECT COUNT(*) FROM folder_shares WHERE account_id = ?", guest);
    if (seen > TreeLimits.FOREIGN_FOLDERS) {
      throw full(
          "An account sees up to %d folders of others, and %s", TreeLimits.FOREIGN_FOLDERS, email);
    }
    long ofOwner =
        sql.number(
            """
            SELECT COUNT(*) FROM folder_shares s JOIN folders f ON f.id = s.folder_id
            WHERE s.account_id = ? AND f.account_id = ?
            """,
            guest,
            owner.value());
    if (ofOwner > TreeLimits.FOREIGN_FOLDERS_OF_ONE) {
      throw full(
          "An account sees up to %d folders of yours, and %s",
          TreeLimits.FOREIGN_FOLDERS_OF_ONE, email);
    }
  }

  private static FailureException full(String what, int most, String email) {
    return new Failure.Conflict(what.formatted(most, email) + " has so many").asException();
  }

  private static long account(Sql sql, String email) {
    return sql.first(
            "SELECT id FROM accounts WHERE email_key = ? AND email_key <> ?",
            row -> row.number("id"),
            EmailAddress.keyOf(email),
            Accounts.GUESTS)
        .orElseThrow(() ->
            new Failure.Invalid("shares", email, "must be accounts of this host").asException());
  }
}
