package io.consigne.server.admin;

import io.consigne.core.accounts.Allowance;
import io.consigne.core.accounts.Plan;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * How much an account is to be allowed.
 *
 * @param planOrNull the plan of a new account, null for one that has a plan
 * @param quota {@link #OF_PLAN}, or how many bytes; empty to leave it as it is
 * @param files {@link #OF_PLAN}, or how many files and folders; empty to leave it as it is
 */
public record AccountOrder(@Nullable Plan planOrNull, String quota, String files) {
  /** What the plan gives. */
  public static final String OF_PLAN = "plan";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A new account that has what its plan gives. */
  public static AccountOrder of(Plan plan) {
    return new AccountOrder(plan, "", "");
  }

  /** As the value of a request. */
  public String written() {
    return JSON.writeValueAsString(this);
  }

  static AccountOrder read(String value) {
    return JSON.readValue(value, AccountOrder.class);
  }

  /** What an account is allowed that was allowed something before. */
  Allowance applied(Allowance before) {
    Allowance after = quota.isEmpty() ? before : before.withBytes(number(quota));
    return files.isEmpty() ? after : after.withItems(number(files));
  }

  private static @Nullable Long number(String text) {
    return text.equals(OF_PLAN) ? null : Long.valueOf(text);
  }
}
