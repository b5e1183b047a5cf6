package io.consigne.core.limits;

/**
 * The limits of one plan.
 *
 * @param key calls of one key
 * @param account calls of all keys of an account together, and of its password
 * @param userInfo what reads the account
 * @param allFiles lists of all files of the account
 * @param uploads that are begun
 * @param downloads that are begun
 * @param up what is uploaded
 * @param down what is downloaded
 */
public record PlanLimits(
    Quota key,
    Quota account,
    Quota userInfo,
    Quota allFiles,
    Quota uploads,
    Quota downloads,
    TransferLimits up,
    TransferLimits down) {

  /** The account's quota for a kind of call; calls without one have no plan. */
  Quota of(CallKind kind) {
    return switch (kind) {
      case CALL -> account;
      case OPEN, STRANGER -> throw new IllegalArgumentException(kind + " is of no plan");
      case USER_INFO -> userInfo;
      case ALL_FILES -> allFiles;
      case UPLOAD -> uploads;
      case DOWNLOAD -> downloads;
    };
  }
}
