package io.consigne.core.accounts;

import io.consigne.core.audit.Actor;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.KeyId;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking, and what they may do: every operation of core takes one. Made where a key, a
 * password, a public address or a stored request is checked.
 *
 * @param account whose files these are
 * @param plan the account's plan when it was checked
 * @param rights what the key may do
 * @param root the folder that the caller sees as its root; nothing outside exists for it
 * @param termsOrNull the key that opened the account, null after a password login
 * @param epochOrNull which of the account's passwords opened it, null for a key and the host itself
 * @param callerOrNull where the request comes from, null if it comes from the host itself
 */
public record Access(
    AccountId account,
    Plan plan,
    Set<Right> rights,
    FolderId root,
    @Nullable KeyTerms termsOrNull,
    @Nullable Long epochOrNull,
    @Nullable Caller callerOrNull) {
  /** Copies the rights. */
  public Access {
    rights = Set.copyOf(rights);
  }

  /** One whose caller and password epoch are not known, or not yet. */
  public Access(
      AccountId account, Plan plan, Set<Right> rights, FolderId root, @Nullable KeyTerms terms) {
    this(account, plan, rights, root, terms, null, null);
  }

  /** All rights on a whole account, as a master key and a password have them. */
  public static Access full(AccountId account, Plan plan, FolderId root, @Nullable KeyTerms terms) {
    return new Access(account, plan, Set.of(Right.values()), root, terms);
  }

  /** The key that opened the account, and its terms; empty after a password login. */
  public Optional<KeyTerms> terms() {
    return Optional.ofNullable(termsOrNull);
  }

  /** The key that opened the account; empty after a password login. */
  public Optional<KeyId> key() {
    return terms().map(KeyTerms::id);
  }

  /** Whether this may do all that the account may: by its master key, or without a key. */
  public boolean isMaster() {
    return terms().map(KeyTerms::master).orElse(true);
  }

  /**
   * Refuses who may not manage what all of an account depends on: all but the master key and a
   * password.
   *
   * @param what is managed, such as {@code keys}
   * @throws io.consigne.core.failure.FailureException {@code NotAllowed}
   */
  public void requireMaster(String what) {
    if (!isMaster()) {
      throw new Failure.NotAllowed(what + " are for the master key, or e-mail and password")
          .asException();
    }
  }

  /** What the same caller may do by a request from there. */
  public Access from(Caller caller) {
    return new Access(account, plan, rights, root, termsOrNull, epochOrNull, caller);
  }

  /** What the caller may do until the password, of that epoch of the account, is changed. */
  public Access byPasswordOf(long epoch) {
    return new Access(account, plan, rights, root, termsOrNull, epoch, callerOrNull);
  }

  /** Who this is, for the audit log. */
  public Actor actor() {
    Actor.Kind kind = termsOrNull == null ? Actor.Kind.PASSWORD : Actor.Kind.KEY;
    return new Actor(kind, account, key().orElse(null), callerOrNull);
  }

  /**
   * Refuses what the key does not include.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAllowed}
   */
  public void require(Right right) {
    if (!rights.contains(right)) {
      throw new Failure.NotAllowed("this key has no right to " + right.word()).asException();
    }
  }
}
