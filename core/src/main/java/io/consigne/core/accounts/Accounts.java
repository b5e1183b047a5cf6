package io.consigne.core.accounts;

import io.consigne.core.audit.Action;
import io.consigne.core.audit.Actor;
import io.consigne.core.audit.AuditLog;
import io.consigne.core.audit.Entry;
import io.consigne.core.db.Database;
import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.db.UniqueViolation;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The accounts of the host. */
public final class Accounts {
  /** The account that a new host begins with. */
  public static final String ADMIN = "admin";

  /** The account that owns what guests upload. */
  public static final String GUESTS = "guests";

  private static final String SELECT =
      """
      SELECT id, email, plan, quota_bytes, quota_items, root_id, used_bytes, items, settings,
        created_at, disabled_at
      FROM accounts
      """;

  private final Database database;
  private final InstantSource clock;

  /** Keeps accounts in {@code database}. */
  public Accounts(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Makes an account with an empty root folder.
   *
   * @param email an address, or the plain name of one of the host's own accounts
   * @param allowance its plan, and how much it may have
   * @param passwordHash Argon2id, or null for no password login
   * @throws io.consigne.core.failure.FailureException {@code Conflict} if there is one of that name
   */
  public Account add(String email, Allowance allowance, @Nullable String passwordHash) {
    String name = checked(email);
    return database.write(sql -> insert(sql, name, allowance, passwordHash));
  }

  /** Adds an account that has what its plan gives. */
  public Account add(String email, Plan plan, @Nullable String passwordHash) {
    return add(email, Allowance.of(plan), passwordHash);
  }

  private static String checked(String email) {
    return email.equals(ADMIN) || email.equals(GUESTS) ? email : EmailAddress.parse(email).value();
  }

  private Account insert(
      Sql sql, String email, Allowance allowance, @Nullable String passwordHash) {
    long id;
    try {
      id =
          sql.number(
              """
              INSERT INTO accounts (email, email_key, password_hash, plan, quota_bytes, quota_items,
                root_id, epoch, changes, used_bytes, settings, created_at)
              VALUES (?, ?, ?, ?, ?, ?, 0, 1, 1, 0, '', ?) RETURNING id
              """,
              email,
              EmailAddress.keyOf(email),
              passwordHash,
              allowance.plan().name(),
              allowance.ownBytesOrNull(),
              allowance.ownItemsOrNull(),
              clock.instant());
    } catch (UniqueViolation taken) {
      throw new Failure.Conflict("There is an account of that name already: " + email)
          .asException();
    }
    long root =
        sql.number(
            """
            INSERT INTO folders (account_id, parent_id, name, created_at, revision)
            VALUES (?, NULL, 'Root', ?, 1) RETURNING id
            """,
            id,
            clock.instant());
    sql.update("UPDATE accounts SET root_id = ? WHERE id = ?", root, id);
    note(sql, new AccountId(id), Action.ACCOUNT_MAKE, allowance.words());
    return byId(sql, new AccountId(id));
  }

  /** The account of that e-mail, whatever its case. */
  public Optional<Account> find(String email) {
    return database.read(sql ->
        sql.first(SELECT + "WHERE email_key = ?", Accounts::read, EmailAddress.keyOf(email)));
  }

  /**
   * The account of that e-mail, whatever its case.
   *
   * @throws io.consigne.core.failure.FailureException {@code Invalid} if there is none
   */
  public Account get(String email) {
    return find(email)
        .orElseThrow(() -> new Failure.Invalid("account", email, "does not exist").asException());
  }

  /** The account that asks. */
  public Account get(AccountId id) {
    return database.read(sql -> byId(sql, id));
  }

  private static Account byId(Sql sql, AccountId id) {
    return sql.first(SELECT + "WHERE id = ? AND removed_at IS NULL", Accounts::read, id.value())
        .orElseThrow(() -> new Failure.NotFound().asException());
  }

  /** All accounts, by e-mail, but those that are being removed. */
  public List<Account> list() {
    return database.read(
        sql -> sql.list(SELECT + "WHERE removed_at IS NULL ORDER BY email_key", Accounts::read));
  }

  /**
   * Gives an account another plan; what it uses beyond is kept, but nothing is added. Removals that
   * the old plan announced are off.
   */
  public void setPlan(AccountId id, Plan plan) {
    database.change(sql -> {
      note(sql, id, Action.ACCOUNT_CHANGE, "plan " + plan.name());
      Account before = byId(sql, id);
      warn(sql, before, before.allowance().with(plan));
      sql.update(
          "UPDATE files SET removal_at = NULL WHERE account_id = ? AND removal_at IS NOT NULL",
          id.value());
      sql.update("UPDATE accounts SET plan = ? WHERE id = ?", plan.name(), id.value());
    });
  }

  /** Changes how much an account may have; what it has beyond is kept, but nothing is added. */
  public Account setAllowance(AccountId id, UnaryOperator<Allowance> change) {
    return database.write(sql -> {
      Account before = byId(sql, id);
      Allowance after = change.apply(before.allowance());
      note(sql, id, Action.ACCOUNT_CHANGE, after.words());
      warn(sql, before, after);
      sql.update(
          "UPDATE accounts SET quota_bytes = ?, quota_items = ? WHERE id = ?",
          after.ownBytesOrNull(),
          after.ownItemsOrNull(),
          id.value());
      return byId(sql, id);
    });
  }

  /** Less storage may cross the line, too. */
  private void warn(Sql sql, Account before, Allowance after) {
    long used = before.usedBytes();
    if (QuotaWarning.isNear(after, used) && !QuotaWarning.isNear(before.allowance(), used)) {
      QuotaWarning.add(sql, clock.instant(), before.id(), after, used);
    }
  }

  /** Gives an account another password, and ends its tokens; null takes the login away. */
  public void setPassword(AccountId id, @Nullable String passwordHash) {
    database.change(sql -> {
      note(sql, id, Action.ACCOUNT_CHANGE, passwordHash == null ? "no password" : "password");
      sql.update(
          "UPDATE accounts SET password_hash = ?, epoch = epoch + 1 WHERE id = ?",
          passwordHash,
          id.value());
    });
  }

  /** Closes an account to its owner and its links to everybody, at once, or opens it again. */
  public void setDisabled(AccountId id, boolean disabled) {
    database.change(sql -> {
      note(sql, id, Action.ACCOUNT_CHANGE, disabled ? "disabled" : "enabled");
      sql.update(
          """
          UPDATE accounts SET epoch = epoch + 1,
            disabled_at = CASE WHEN ? THEN COALESCE(disabled_at, ?) END
          WHERE id = ? AND removed_at IS NULL
          """,
          disabled,
          clock.instant(),
          id.value());
    });
  }

  /**
   * Stores settings of the account that asks.
   *
   * @throws io.consigne.core.failure.FailureException {@code Invalid} if one is out of range;
   *     {@code NotAllowed} if the caller is confined to a folder, as they hold for all of the
   *     account; nothing was stored then
   */
  public Account setSettings(Access access, Map<Setting, Long> changes) {
    changes.forEach(Setting::check);
    AccountId id = access.account();
    return database.write(sql -> {
      Account before = byId(sql, id);
      if (!before.root().equals(access.root())) {
        throw new Failure.NotAllowed("this key does not see the whole account").asException();
      }
      Settings merged = before.settings().with(changes);
      sql.update("UPDATE accounts SET settings = ? WHERE id = ?", merged.stored(), id.value());
      AuditLog.add(
          sql, clock.instant(), Entry.done(id, access.actor(), Action.ACCOUNT_CHANGE, "settings"));
      return byId(sql, id);
    });
  }

  private void note(Sql sql, AccountId id, Action action, String what) {
    AuditLog.add(sql, clock.instant(), Entry.done(id, Actor.OPERATOR, action, what));
  }

  private static Account read(Row row) {
    return new Account(
        new AccountId(row.number("id")),
        row.text("email"),
        Allowance.read(row),
        new FolderId(row.number("root_id")),
        row.number("used_bytes"),
        row.number("items"),
        Settings.read(row.text("settings")),
        row.instant("created_at"),
        row.instantOrNull("disabled_at"));
  }
}
