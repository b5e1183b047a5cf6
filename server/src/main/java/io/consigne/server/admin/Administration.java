package io.consigne.server.admin;

import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Accounts;
import io.consigne.core.accounts.Allowance;
import io.consigne.core.accounts.Passwords;
import io.consigne.core.accounts.Plan;
import io.consigne.core.audit.Actor;
import io.consigne.core.audit.Audit;
import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.AccountId;
import io.consigne.core.keys.ApiKey;
import io.consigne.core.keys.Keys;
import io.consigne.core.retention.Retention;
import io.consigne.core.tree.AccountRemoval;
import io.consigne.core.tree.StoredFile;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Carries out what the operator asks for. */
public final class Administration {
  /** The value of a request for a list that programs read. */
  public static final String JSON = "json";

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
      Accounts accounts, Keys keys, Passwords passwords, AccountRemoval removal, Records records) {
    this.audit = records.audit();
    this.accounts = accounts;
    this.keys = keys;
    this.keyRequests = new KeyRequests(accounts, keys, clock);
    this.passwords = passwords;
    this.removal = removal;
    this.retention = records.retention();
  }

  /** Does it, or says why not. */
  public AdminAnswer execute(AdminRequest request) {
    try {
      return request.verb() == AdminRequest.Verb.KEY_VERIFY
          ? keyRequests.verify(request.value())
          : new AdminAnswer(true, perform(request));
    } catch (FailureException e) {
      return new AdminAnswer(false, e.failure().message());
    }
  }

  private String perform(AdminRequest request) {
    return switch (request.verb()) {
      case ACCOUNT_ADD -> add(request.account(), AccountOrder.read(request.value()));
      case ACCOUNT_LIST -> list(request.value().equals(JSON), request.columns());
      case ACCOUNT_PLAN -> {
        Account account = accounts.get(request.account());
        accounts.setPlan(account.id(), Plan.valueOf(request.value()));
        yield account.email() + " now has the plan " + lower(request.value());
      }
      case ACCOUNT_SET -> set(request.account(), AccountOrder.read(request.value()));
      case ACCOUNT_PASSWORD -> setPassword(request.account(), request.value());
      case ACCOUNT_DISABLE -> setDisabled(request.account(), true);
      case ACCOUNT_ENABLE -> setDisabled(request.account(), false);
      case ACCOUNT_DELETE -> delete(request.account());
      case ACCOUNT_EXPIRING -> expiring(request.account(), request.columns());
      case KEY_LIST, KEY_ADD, KEY_SET, KEY_ROTATE, KEY_VERIFY, KEY_REGENERATE, KEY_REVOKE ->
          keyRequests.perform(request);
      case KEY_FOUND -> found(request.value());
      case AUDIT -> audit(request, AuditQuestion.parse(request.value()));
    };
  }

  private String found(String text) {
    ApiKey key =
        ApiKey.parse(text)
            .orElseThrow(() -> new Failure.Invalid("key", "", "is none").asException());
    return key
        + (keys.changes(Actor.OPERATOR).revokeFound(key) ? " is revoked" : " opens nothing here");
  }

  private String audit(AdminRequest request, AuditQuestion question) {
    Instant since = clock.instant().minus(question.since());
    AccountId account = accounts.get(request.account()).id();
    Audit.Page page = audit.list(account, Audit.Reader.OPERATOR, since, null, question.count());
    return question.answer(page, request.columns());
  }

  private String add(String email, AccountOrder order) {
    Allowance allowance = order.applied(Allowance.of(Objects.requireNonNull(order.planOrNull())));
    return keys.regenerate(accounts.add(email, allowance, null).id()).reveal();
  }

  private String set(String email, AccountOrder order) {
    Account account = accounts.setAllowance(accounts.get(email).id(), order::applied);
    return account.email()
        + " may have "
        + AccountRows.allowedBytes(account)
        + " bytes, and "
        + AccountRows.allowedItems(account)
        + " files and folders";
  }

  private String setPassword(String email, String password) {
    Account account = accounts.get(email);
    accounts.setPassword(
        account.id(), password.isEmpty() ? null : passwords.hashOfAccount(password));
    return password.isEmpty()
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
    return Table.of(rows, columns) + (announced.size() == Retention.LISTED ? more : "");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /**
   * What is written down about accounts.
   *
   * @param audit who did what
   * @param retention which files are to go
   */
  public record Records(Audit audit, Retention retention) {}
}
