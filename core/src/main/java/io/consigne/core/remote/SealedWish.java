package io.consigne.core.remote;

import io.consigne.core.db.Seal;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.LinkId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish as the database holds it.
 *
 * @param sources sealed addresses
 * @param headers sealed, null for none
 */
record SealedWish(List<Source> sources, @Nullable String headers) {
  static SealedWish of(Wish wish, AccountId account, Seal seal) {
    List<Source> sources =
        wish.sources().stream()
            .map(source ->
                new Source(
                    seal.close(source.url().text(), aboutSource(account)), source.copiedOrNull()))
            .toList();
    return new SealedWish(
        sources,
        wish.headers().isEmpty() ? null : seal.close(wish.headers().text(), aboutHeaders(account)));
  }

  /** What a sealed address is about. */
  static String aboutSource(AccountId account) {
    return "source of " + account;
  }

  /** What sealed headers are about. */
  static String aboutHeaders(AccountId account) {
    return "headers of " + account;
  }

  /** A sealed address, and the file of this host that it is of, or null. */
  record Source(String sealed, @Nullable LinkId copiedOrNull) {}
}
