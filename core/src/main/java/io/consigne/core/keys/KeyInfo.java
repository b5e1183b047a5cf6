package io.consigne.core.keys;

import io.consigne.core.db.Row;
import io.consigne.core.ids.KeyId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown about a key.
 *
 * @param id its number
 * @param kind {@code master} or {@code restricted}
 * @param name what it is called; empty for a master key
 * @param hint its first characters
 * @param restriction what it may do
 * @param created when it was made
 * @param revokedOrNull when it was revoked, null while it is good
 * @param used when it was used last
 */
public record KeyInfo(
    KeyId id,
    String kind,
    String name,
    String hint,
    Restriction restriction,
    Instant created,
    @Nullable Instant revokedOrNull,
    LastUse used) {
  static final String COLUMNS =
      """
       k.id, k.kind, k.name, k.hint, k.scopes, k.folder_id, k.networks, k.expires_at, k.rate,
       k.created_at, k.revoked_at, k.used_at, k.used_from, k.used_by
      """;

  /** When the key was revoked. */
  public Optional<Instant> revoked() {
    return Optional.ofNullable(revokedOrNull);
  }

  /** Whether it is the key of the whole account. */
  public boolean master() {
    return kind.equals("master");
  }

  /** How it is named to people: nothing that opens anything. */
  String label() {
    return (master() ? "master key " : "key " + name + " ") + hint + "…";
  }

  /** Whether it was revoked, has expired, or opens its account. */
  public KeyState state(Instant now) {
    if (revokedOrNull != null) {
      return KeyState.REVOKED;
    }
    return restriction.isOver(now) ? KeyState.EXPIRED : KeyState.ACTIVE;
  }

  /** Whether it opens its account, and was not used for so long. */
  public boolean isStale(Instant now, Duration unused) {
    Instant last = used.timeOrNull() == null ? created : used.timeOrNull();
    return state(now) == KeyState.ACTIVE && !last.plus(unused).isAfter(now);
  }

  /** Whether it opens its account, but will end so soon that it is announced. */
  public boolean endsSoon(Instant now) {
    return state(now) == KeyState.ACTIVE
        && restriction
            .expires()
            .map(end -> !end.isAfter(now.plus(KeyLimits.ANNOUNCED)))
            .orElse(false);
  }

  static KeyInfo read(Row row) {
    return new KeyInfo(
        new KeyId(row.number("id")),
        row.text("kind"),
        row.text("name"),
        row.text("hint"),
        Restriction.read(row),
        row.instant("created_at"),
        row.instantOrNull("revoked_at"),
        new LastUse(row.instantOrNull("used_at"), row.text("used_from"), row.text("used_by")));
  }

  /**
   * When a key was used last; at most a minute old.
   *
   * @param timeOrNull when, null if never
   * @param address from where, empty if never
   * @param client by which program, as it calls itself
   */
  public record LastUse(@Nullable Instant timeOrNull, String address, String client) {
    /** When; empty if never. */
    public Optional<Instant> time() {
      return Optional.ofNullable(timeOrNull);
    }
  }
}
