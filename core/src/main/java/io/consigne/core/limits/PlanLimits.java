package io.consigne.core.limits;

import io.consigne.core.accounts.KeyTerms;

/**
 * The limits of one plan.
 *
 * @param key calls of one key that has no slower rate of its own
 * @param account calls of all keys of an account together, and of its password
 * @param userInfo what reads the account
 * @param allFiles lists of all files of the account
 * @param uploads that are begun
 * @param downloads that are begun
 * @param up what is uploaded
 * @param down what is downloaded
 */
public record PlanLimits(
    CallRate key,
    CallRate account,
    CallRate userInfo,
    CallRate allFiles,
    CallRate uploads,
    CallRate downloads,
    TransferLimits up,
    TransferLimits down) {

  /** The quota of a key: the plan's, or what its own rate makes of that. */
  CallRate key(KeyTerms terms) {
    return terms.rate().map(key::slowedTo).orElse(key);
  }

  /** The account's quota for a kind of call; calls without one have no plan. */
  CallRate of(CallKind kind) {
    return switch (kind) {
      case CALL -> account;
      case OPEN, NOWHERE, STRANGER -> throw new IllegalArgumentException(kind + " is of no plan");
      case USER_INFO -> userInfo;
      case ALL_FILES -> allFiles;
      case UPLOAD -> uploads;
      case DOWNLOAD -> downloads;
    };
  }
}
