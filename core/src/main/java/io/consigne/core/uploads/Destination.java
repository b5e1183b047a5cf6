package io.consigne.core.uploads;

import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Allowance;
import io.consigne.core.accounts.EmailAddress;
import io.consigne.core.accounts.Setting;
import io.consigne.core.accounts.Settings;
import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;
import io.consigne.core.tree.AccessRules;
import io.consigne.core.tree.Confinement;
import io.consigne.core.tree.FileName;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.Placement;
import java.util.List;
import java.util.Optional;

/** Where the files of one upload go. */
final class Destination {
  private static final FileName INCOMING = new FileName("incoming");

  private static final String ROOMIEST_OTHER =
      """
      SELECT id FROM accounts
      WHERE disabled_at IS NULL AND items < %s AND id IN (
        SELECT f.account_id FROM folder_shares s JOIN folders f ON f.id = s.folder_id
        WHERE s.account_id = ? AND s.rw)
      ORDER BY %s - used_bytes - reserved_bytes DESC LIMIT 1
      """
          .formatted(Allowance.ITEMS, Allowance.STORAGE_BYTES);

  private final Sender sender;
  private final UploadForm form;
  private final UploadTree tree;

  Destination(Sender sender, UploadForm form, UploadTree tree) {
    this.sender = sender;
    this.form = form;
    this.tree = tree;
  }

  /** Whether the files go to somebody who is not the sender. */
  boolean isIncoming() {
    return sender.guest() && form.recipient() != null;
  }

  /** Who may use their links: only the recipient, if there is one, else anybody. */
  AccessRules rules() {
    return isIncoming()
        ? new AccessRules(
            List.of(), List.of(), List.of(EmailAddress.keyOf(recipientEmail())), false)
        : AccessRules.NONE;
  }

  /**
   * Who will own the files; changes nothing.
   *
   * @throws FailureException {@code NotFound}, {@code NotAllowed}, {@code Invalid} recipient
   */
  AccountId owner(Sql sql) {
    return isIncoming() ? recipient(sql).account() : placement(sql).owner();
  }

  /**
   * The folder, made if it is the recipient's {@code incoming} and missing.
   *
   * @throws FailureException as {@link #owner}
   */
  Placement resolve(Sql sql) {
    if (!isIncoming()) {
      return placement(sql);
    }
    Root root = recipient(sql);
    FolderId folder = tree.folders().incoming(sql, root.account(), root.folder(), INCOMING);
    return new Placement(folder, root.account());
  }

  /**
   * Who has the most room of those who let the sender put files into a folder of theirs; empty if
   * the form names a folder.
   */
  Optional<AccountId> roomiestOther(Sql sql) {
    if (sender.guest()
        || !form.folder().equals(FolderRef.ROOT)
        || Confinement.isConfined(sql, sender.access())) {
      return Optional.empty();
    }
    return sql.first(
        ROOMIEST_OTHER, row -> new AccountId(row.number("id")), sender.access().account().value());
  }

  /** What that owner has left, and may tell the sender. */
  Room room(Sql sql, AccountId owner) {
    return Room.of(sql, owner, sender);
  }

  private Placement placement(Sql sql) {
    FolderRef folder = sender.guest() ? FolderRef.ROOT : form.folder();
    return tree.entry().placementOrRoot(sql, sender.access(), folder);
  }

  private Root recipient(Sql sql) {
    String email = recipientEmail();
    return sql.first(
            """
            SELECT id, root_id, settings FROM accounts
            WHERE email_key = ? AND email_key <> ? AND disabled_at IS NULL
            """,
            Root::read,
            EmailAddress.keyOf(email),
            Accounts.GUESTS)
        .filter(Root::takes)
        .orElseThrow(() ->
            new Failure.Invalid("user", ReportText.of(email), "must be an account of this host")
                .asException());
  }

  private String recipientEmail() {
    return String.valueOf(form.recipient());
  }

  /** An account, and whether it takes what guests upload for it. */
  private record Root(AccountId account, FolderId folder, boolean takes) {
    static Root read(Row row) {
      return new Root(
          new AccountId(row.number("id")),
          new FolderId(row.number("root_id")),
          Settings.read(row.text("settings")).get(Setting.INCOMING) == 1);
    }
  }
}
