package io.consigne.server.admin;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.consigne.core.accounts.Allowance;
import io.consigne.core.accounts.Plan;
import org.jspecify.annotations.Nullable;

/** What the operator asks for about accounts; each is named by its e-mail. */
public sealed interface AccountRequest extends AdminRequest.Quick {
  /** Make an account. Answers its master key. */
  @JsonTypeName("account add")
  record Add(String account, Plan plan, Quotas quotas) implements AccountRequest {
    /** Of one that has what its plan gives. */
    public Add(String account, Plan plan) {
      this(account, plan, new Quotas(null, null));
    }
  }

  /**
   * List all accounts.
   *
   * @param json for programs
   * @param columns of the terminal; 0 if there is none
   */
  @JsonTypeName("account list")
  record Listing(boolean json, int columns) implements AccountRequest {}

  /** Give an account another plan. */
  @JsonTypeName("account plan")
  record ChangePlan(String account, Plan plan) implements AccountRequest {}

  /** Give an account other quotas. */
  @JsonTypeName("account set")
  record ChangeQuotas(String account, Quotas quotas) implements AccountRequest {}

  /**
   * Give an account a password.
   *
   * @param password null takes the password login away
   */
  @JsonTypeName("account passwd")
  record ChangePassword(String account, @Nullable String password) implements AccountRequest {
    @Override
    public String toString() {
      return "ChangePassword[" + account + "]";
    }
  }

  /** Close an account. */
  @JsonTypeName("account disable")
  record Disable(String account) implements AccountRequest {}

  /** Open an account again. */
  @JsonTypeName("account enable")
  record Enable(String account) implements AccountRequest {}

  /** Remove an account with all its files. */
  @JsonTypeName("account delete")
  record Delete(String account) implements AccountRequest {}

  /**
   * List the files of an account that will be removed because nobody downloads them.
   *
   * @param columns of the terminal; 0 if there is none
   */
  @JsonTypeName("account expiring")
  record Expiring(String account, int columns) implements AccountRequest {}

  /**
   * How much an account may have; null leaves as it is.
   *
   * @param bytes of all files together
   * @param items files and folders
   */
  record Quotas(@Nullable Wished bytes, @Nullable Wished items) {
    /** What an account is allowed that was allowed something before. */
    Allowance applied(Allowance before) {
      Allowance after = bytes == null ? before : before.withBytes(bytes.own());
      return items == null ? after : after.withItems(items.own());
    }
  }

  /**
   * How much of one thing.
   *
   * @param own the operator's number; null for what the plan gives
   */
  record Wished(@Nullable Long own) {}
}
