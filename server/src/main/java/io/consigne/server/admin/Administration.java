package io.consigne.server.admin;

import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Allowance;
import io.consigne.core.accounts.Passwords;
import io.consigne.core.audit.Audit;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import io.consigne.core.keys.Keys;
import io.consigne.core.retention.Retention;
import io.consigne.core.retention.RetentionLimits;
import io.consigne.core.tree.AccountRemoval;
import io.consigne.core.tree.StoredFile;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Carries out what the operator asks for. */
public final class Administration {
  private final Accounts accounts;
  private final Keys keys;
  private final KeyRequests keyRequests;
  private final Passwords passwords;
  private final AccountRemoval removal;
  private final Audit audit;
  private final Retention retention;
  private final InstantSource clock = InstantSource.system();

  /** Works on the accounts of one host. */
  public Administration(
      Accounts accounts, Keys keys, Passwords passwords, Audit audit, Removals removals) {
    this.audit = audit;
    this.accounts = accounts;
    this.keys = keys;
    this.keyRequests = new KeyRequests(accounts, keys, clock);
    this.passwords = passwords;
    this.removal = removals.removal();
    this.retention = removals.retention();
  }

  /** Does it, or says why not. */
  public AdminAnswer execute(AdminRequest.Quick request) {
    try {
      return switch (request) {
        case AccountRequest about -> new AdminAnswer(true, perform(about));
        case KeyRequest about -> keyRequests.execute(about);
        case AuditQuestion question -> new AdminAnswer(true, audit(question));
      };
    } catch (FailureException e) {
      return new AdminAnswer(false, e.failure().message());
    }
  }

  private String perform(AccountRequest request) {
    return switch (request) {
      case AccountRequest.Add wish -> add(wish);
      case AccountRequest.Listing list -> list(list.json(), list.columns());
      case AccountRequest.ChangePlan change -> {
        Account account = accounts.get(change.account());
        accounts.setPlan(account.id(), change.plan());
        yield account.email() + " now has the plan " + lower(change.plan().name());
      }
      case AccountRequest.ChangeQuotas change -> set(change.account(), change.quotas());
      case AccountRequest.ChangePassword change -> setPassword(change.account(), change.password());
      case AccountRequest.Disable disable -> setDisabled(disable.account(), true);
      case AccountRequest.Enable enable -> setDisabled(enable.account(), false);
      case AccountRequest.Delete delete -> delete(delete.account());
      case AccountRequest.Expiring list -> expiring(list.account(), list.columns());
    };
  }

  private String audit(AuditQuestion question) {
    Instant since = clock.instant().minus(question.since());
    AccountId account = accounts.get(question.account()).id();
    return question.answer(
        audit.list(account, Audit.Reader.OPERATOR, since, null, question.count()));
  }

  private String add(AccountRequest.Add wish) {
    Allowance allowance = wish.quotas().applied(Allowance.of(wish.plan()));
    return keys.regenerate(accounts.add(wish.account(), allowance, null).id()).reveal();
  }

  private String set(String email, AccountRequest.Quotas quotas) {
    Account account = accounts.setAllowance(accounts.get(email).id(), quotas::applied);
    return account.email()
        + " may have "
        + AccountRows.allowedBytes(account)
        + " bytes, and "
        + AccountRows.allowedItems(account)
        + " files and folders";
  }

  private String setPassword(String email, @Nullable String password) {
    Account account = accounts.get(email);
    accounts.setPassword(account.id(), password == null ? null : passwords.hashOfAccount(password));
    return password == null
        ? account.email() + " can no longer log in by password"
        : account.email() + " has a new password";
  }

  private String setDisabled(String email, boolean disabled) {
    Account account = accounts.get(email);
    accounts.setDisabled(account.id(), disabled);
    return account.email() + (disabled ? " is disabled" : " is enabled");
  }

  private String delete(String email) {
    Account account = accounts.get(email);
    return account.email()
        + (removal.remove(account.id())
            ? " is deleted, with all its files"
            : " is deleted; the rest of its files is removed when the host is started again");
  }

  private String list(boolean json, int columns) {
    List<Account> all = accounts.list();
    return json ? AccountRows.json(all) : AccountRows.table(all, columns);
  }

  private String expiring(String email, int columns) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("REMOVAL", "SIZE", "LINK", "FILE"));
    List<StoredFile> announced = retention.announced(accounts.get(email).id());
    for (StoredFile file : announced) {
      rows.add(
          List.of(
              String.valueOf(file.removalOrNull()),
              String.format(Locale.ROOT, "%,d", file.size()),
              file.link().value(),
              file.name().value()));
    }
    if (announced.isEmpty()) {
      return "No file of " + email + " will be removed";
    }
    String more = "\nThere may be more: these are the first " + announced.size();
    return Table.of(rows, columns) + (announced.size() == RetentionLimits.LISTED ? more : "");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /**
   * How accounts and files leave.
   *
   * @param removal accounts, with all their files
   * @param retention files that nobody downloads
   */
  public record Removals(AccountRemoval removal, Retention retention) {}
}
