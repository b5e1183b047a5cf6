package io.consigne.core.accounts;

import io.consigne.core.audit.Actor;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.FolderId;
import io.consigne.core.ids.KeyId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking, and what they may do: every operation of core takes one. Made in one place, when a
 * key or a password was checked.
 *
 * @param account whose files these are
 * @param plan the account's plan when it was checked
 * @param rights what the key may do
 * @param root the folder that the caller sees as its root; nothing outside exists for it
 * @param keyOrNull the key that opened the account, null after a password login
 * @param callerOrNull where the request comes from, null if it comes from the host itself
 */
public record Access(
    AccountId account,
    Plan plan,
    Set<Right> rights,
    FolderId root,
    @Nullable KeyId keyOrNull,
    @Nullable Caller callerOrNull) {
  /** Copies the rights. */
  public Access {
    rights = Set.copyOf(rights);
  }

  /** An access of the host itself. */
  public Access(
      AccountId account, Plan plan, Set<Right> rights, FolderId root, @Nullable KeyId key) {
    this(account, plan, rights, root, key, null);
  }

  /** All rights on a whole account, as a master key and a password have them. */
  public static Access full(AccountId account, Plan plan, FolderId root, @Nullable KeyId key) {
    return new Access(account, plan, Set.of(Right.values()), root, key);
  }

  /** The key that opened the account; empty after a password login. */
  public Optional<KeyId> key() {
    return Optional.ofNullable(keyOrNull);
  }

  /** The same, of a request that comes from there. */
  public Access from(Caller caller) {
    return new Access(account, plan, rights, root, keyOrNull, caller);
  }

  /** Who this is, for the audit log. */
  public Actor actor() {
    Actor.Kind kind = keyOrNull == null ? Actor.Kind.PASSWORD : Actor.Kind.KEY;
    return new Actor(kind, account, keyOrNull, callerOrNull);
  }

  /**
   * Refuses what the key does not include.
   *
   * @throws io.consigne.core.failure.FailureException {@code NotAllowed}
   */
  public void require(Right right) {
    if (!rights.contains(right)) {
      throw new Failure.NotAllowed(
              "this key has no right to " + right.name().toLowerCase(Locale.ROOT))
          .asException();
    }
  }
}
