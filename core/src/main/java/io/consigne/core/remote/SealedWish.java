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
        wish.items().stream().map(item -> source(item, wish.headers(), account, seal)).toList();
    return new SealedWish(
        sources,
        wish.headers().isEmpty() ? null : seal.close(wish.headers().text(), aboutHeaders(account)));
  }

  private static Source source(Wish.Item item, SourceHeaders common, AccountId account, Seal seal) {
    String sealed = seal.close(item.text(), aboutSource(account));
    return switch (item) {
      case Wish.Source source ->
          new Source(
              sealed,
              source.copiedOrNull(),
              headers(common, source.keyOrNull(), account, seal),
              null);
      case Wish.Refused refused ->
          new Source(
              sealed, null, headers(common, refused.keyOrNull(), account, seal), refused.reason());
    };
  }

  /** How many of the sources are to be fetched. */
  long wanted() {
    return sources.stream().filter(source -> source.refusalOrNull() == null).count();
  }

  /** How many of the sources are refused at once. */
  long refused() {
    return sources.size() - wanted();
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
   * @param refusalOrNull why it is not fetched, null if it is
   */
  record Source(
      String sealed,
      @Nullable LinkId copiedOrNull,
      @Nullable String headersOrNull,
      @Nullable String refusalOrNull) {}
}
