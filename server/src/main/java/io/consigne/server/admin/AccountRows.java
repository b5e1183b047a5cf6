package io.consigne.server.admin;

import io.consigne.core.accounts.Account;
import io.consigne.core.accounts.Allowance;
import io.consigne.core.accounts.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Accounts as a table for people, or as one JSON object in the envelope of all commands. */
final class AccountRows {
  private AccountRows() {}

  static String table(List<Account> accounts, int columns) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("ACCOUNT", "PLAN", "USED", "ALLOWED", "FILES", "MOST", "CREATED", "STATE"));
    for (Account account : accounts) {
      rows.add(
          List.of(
              account.email(),
              plan(account),
              number(account.usedBytes()),
              allowedBytes(account),
              number(account.items()),
              allowedItems(account),
              OperatorJson.time(account.created()),
              state(account)));
    }
    return Table.of(rows, columns);
  }

  /** How many bytes an account may have, {@code all} if only the disk counts. */
  static String allowedBytes(Account account) {
    long bytes = account.allowance().storageBytes();
    return bytes == Plan.UNLIMITED ? "all" : number(bytes);
  }

  /** How many files and folders an account may have. */
  static String allowedItems(Account account) {
    return number(account.allowance().items());
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String json(List<Account> accounts) {
    return OperatorJson.envelope("account list", accounts.stream().map(AccountRows::row).toList());
  }

  private static Map<String, Object> row(Account account) {
    var row = new LinkedHashMap<String, Object>();
    row.put("account", account.email());
    row.put("plan", plan(account));
    row.put("usedBytes", account.usedBytes());
    Allowance allowance = account.allowance();
    if (allowance.storageBytes() != Plan.UNLIMITED) {
      row.put("allowedBytes", allowance.storageBytes());
    }
    row.put("files", account.items());
    row.put("allowedFiles", allowance.items());
    row.put("quota", allowance.ownBytesOrNull() == null ? "plan" : "own");
    row.put("filesQuota", allowance.ownItemsOrNull() == null ? "plan" : "own");
    row.put("created", OperatorJson.time(account.created()));
    row.put("state", state(account));
    return row;
  }

  private static String plan(Account account) {
    return account.plan().name().toLowerCase(Locale.ROOT);
  }

  private static String state(Account account) {
    return account.disabled().isPresent() ? "disabled" : "open";
  }
}
