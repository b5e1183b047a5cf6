package io.consigne.core.keys;

import io.consigne.core.accounts.Right;
import io.consigne.core.accounts.Span;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.Cidr;
import io.consigne.core.ids.FolderId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants a key to be, in their words; null leaves as it is.
 *
 * @param name what to call it
 * @param scopes words of {@link Right}, in lower case; at least one
 * @param folder the number of a folder, or its path from the root such as {@code /Docs/2026};
 *     {@code 0}, {@code /} and the empty text stand for the whole account
 * @param networks blocks of addresses such as {@code 192.0.2.0/24}; none: from everywhere
 * @param expires when it ends, as {@link Span#end} reads it; empty: never
 * @param rate requests a second; 0: as the plan
 */
public record KeyWish(
    @Nullable String name,
    @Nullable List<String> scopes,
    @Nullable String folder,
    @Nullable List<String> networks,
    @Nullable String expires,
    @Nullable Long rate) {
  /** What commands call the master key; no other key gets that name. */
  public static final String MASTER = "master";

  /** The name that is wished for, or the one before. */
  String name(String before) {
    if (name == null) {
      return before;
    }
    int length = name.codePointCount(0, name.length());
    if (length < 1 || length > KeyLimits.NAME_LENGTH) {
      throw new Failure.Invalid(
              "name", "", "must have 1 to " + KeyLimits.NAME_LENGTH + " characters")
          .asException();
    }
    if (name.equals(MASTER)) {
      throw new Failure.Invalid("name", name, "is what commands call the master key").asException();
    }
    boolean shown = name.codePoints().noneMatch(KeyWish::isHidden) && name.equals(name.strip());
    if (!shown || name.matches("[0-9]+")) {
      throw new Failure.Invalid(
              "name",
              shown ? name : "",
              "must be more than digits, without control characters, without spaces around it")
          .asException();
    }
    return name;
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /**
   * The restriction that is wished for.
   *
   * @param root the folder, which was looked up
   * @throws io.consigne.core.failure.FailureException {@code Invalid}
   */
  Restriction restriction(Restriction before, @Nullable FolderId root, Instant now) {
    return new Restriction(
        scopes == null ? before.scopes() : rights(scopes),
        folder == null ? before.folderOrNull() : root,
        networks == null ? before.networks() : blocks(networks),
        expires == null ? before.expiresOrNull() : end(expires, now),
        rate == null ? before.rateOrNull() : rate(rate));
  }

  private static Set<Right> rights(List<String> words) {
    var rights = EnumSet.noneOf(Right.class);
    for (String word : words) {
      rights.add(
          Right.named(word)
              .orElseThrow(() ->
                  new Failure.Invalid("scopes", word, "must be of " + Right.words())
                      .asException()));
    }
    if (rights.isEmpty()) {
      throw new Failure.Invalid("scopes", "", "must be at least one of " + Right.words())
          .asException();
    }
    return rights;
  }

  private static List<Cidr> blocks(List<String> networks) {
    if (networks.size() > KeyLimits.NETWORKS) {
      throw new Failure.TooLarge("number of networks", networks.size(), KeyLimits.NETWORKS)
          .asException();
    }
    return networks.stream().map(KeyWish::block).toList();
  }

  private static Cidr block(String text) {
    try {
      return Cidr.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Failure.Invalid(
              "networks", text, "must be addresses or blocks such as 192.0.2.0/24")
          .asException();
    }
  }

  private static @Nullable Instant end(String text, Instant now) {
    return text.isEmpty() ? null : Span.end("expires", text, now);
  }

  private static @Nullable Long rate(long wished) {
    if (wished < 0 || wished > KeyLimits.HIGHEST_RATE) {
      throw new Failure.Invalid(
              "rate", Long.toString(wished), "must be from 0 to " + KeyLimits.HIGHEST_RATE)
          .asException();
    }
    return wished == 0 ? null : wished;
  }
}
