package io.consigne.core.remote;

import io.consigne.core.db.Seal;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.LinkId;
import io.consigne.core.remote.source.SourceHeaders;
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
                    seal.close(source.url().text(), aboutSource(account)),
                    source.copiedOrNull(),
                    headers(wish.headers(), source.keyOrNull(), account, seal)))
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

  private static @Nullable String headers(
      SourceHeaders common, @Nullable String key, AccountId account, Seal seal) {
    return key == null ? null : seal.close(common.withKey(key).text(), aboutHeaders(account));
  }

  /**
   * One source.
   *
   * @param sealed its address
   * @param copiedOrNull the file of this host that it is of, or null
   * @param headersOrNull what it is sent in place of the wish's headers, sealed; null for those
   */
  record Source(String sealed, @Nullable LinkId copiedOrNull, @Nullable String headersOrNull) {}
}
