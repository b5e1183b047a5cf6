package io.consigne.core.accounts;

import io.consigne.core.db.Row;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How much an account may have: what its plan gives, unless the operator of the host set something
 * else.
 *
 * @param plan the account's
 * @param ownBytesOrNull how many bytes the operator allows, null for those of the plan
 * @param ownItemsOrNull how many files and folders the operator allows, null for those of every
 *     plan
 */
public record Allowance(Plan plan, @Nullable Long ownBytesOrNull, @Nullable Long ownItemsOrNull) {
  /** What {@link #read} wants of a row. */
  static final String COLUMNS = "plan, quota_bytes, quota_items";

  /** {@link #storageBytes} of an account, in SQL. */
  public static final String STORAGE_BYTES =
      Arrays.stream(Plan.values())
          .map(plan -> "WHEN '" + plan.name() + "' THEN " + plan.storageBytes())
          .collect(Collectors.joining(" ", "COALESCE(quota_bytes, CASE plan ", " END)"));

  /** {@link #items} of an account, in SQL. */
  public static final String ITEMS = "COALESCE(quota_items, " + AccountLimits.ITEMS + ")";

  /** Refuses what is less than nothing. */
  public Allowance {
    if (isNegative(ownBytesOrNull) || isNegative(ownItemsOrNull)) {
      throw new IllegalArgumentException(
          "quota of " + ownBytesOrNull + " bytes, " + ownItemsOrNull + " files and folders");
    }
  }

  private static boolean isNegative(@Nullable Long number) {
    return number != null && number < 0;
  }

  /** In words, such as {@code plan GOLD, quota 500000000000}. */
  String words() {
    return "plan "
        + plan.name()
        + (ownBytesOrNull == null ? "" : ", quota " + ownBytesOrNull)
        + (ownItemsOrNull == null ? "" : ", files " + ownItemsOrNull);
  }

  /** What a plan gives. */
  public static Allowance of(Plan plan) {
    return new Allowance(plan, null, null);
  }

  /** Reads it from a row of {@code accounts}, of which {@code plan} and both quotas were asked. */
  public static Allowance read(Row row) {
    return new Allowance(
        Plan.valueOf(row.text("plan")),
        row.numberOrNull("quota_bytes"),
        row.numberOrNull("quota_items"));
  }

  /** This allowance, under another plan. */
  public Allowance with(Plan other) {
    return new Allowance(other, ownBytesOrNull, ownItemsOrNull);
  }

  /** This allowance, with so many bytes; null for those of the plan. */
  public Allowance withBytes(@Nullable Long bytes) {
    return new Allowance(plan, bytes, ownItemsOrNull);
  }

  /** This allowance, with so many files and folders; null for those of every plan. */
  public Allowance withItems(@Nullable Long items) {
    return new Allowance(plan, ownBytesOrNull, items);
  }

  /**
   * How many bytes all files of the account may have together; {@link Plan#UNLIMITED} if only the
   * disk counts.
   */
  public long storageBytes() {
    return ownBytesOrNull == null ? plan.storageBytes() : ownBytesOrNull;
  }

  /** How many files and folders the account may have. */
  public long items() {
    return ownItemsOrNull == null ? AccountLimits.ITEMS : ownItemsOrNull;
  }
}
