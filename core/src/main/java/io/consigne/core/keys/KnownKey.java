package io.consigne.core.keys;

import io.consigne.core.accounts.Access;
import io.consigne.core.accounts.KeyTerms;
import io.consigne.core.accounts.Plan;
import io.consigne.core.db.Row;
import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import io.consigne.core.ids.FolderId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key that the host made once, found by one of its secrets in one read.
 *
 * @param info the key
 * @param epoch of the key
 * @param secretEndsOrNull when the secret that was shown ends, null if it is the key's latest
 * @param owner the key's account
 */
record KnownKey(KeyInfo info, long epoch, @Nullable Instant secretEndsOrNull, Owner owner) {
  private static final String FIND =
      "SELECT"
          + KeyInfo.COLUMNS
          + """
            , k.epoch, r.ends_at, a.id AS account_id, a.plan, a.root_id, a.disabled_at
          FROM api_keys k JOIN accounts a ON a.id = k.account_id AND a.removed_at IS NULL
            LEFT JOIN retired_secrets r ON r.secret_hash = ?
          WHERE k.id = (SELECT id FROM api_keys WHERE secret_hash = ?
            UNION ALL SELECT key_id FROM retired_secrets WHERE secret_hash = ?)
          """;

  /** The key that has or had the secret with this hash. */
  static Optional<KnownKey> find(Sql sql, String hash) {
    return sql.first(FIND, KnownKey::read, hash, hash, hash);
  }

  private static KnownKey read(Row row) {
    return new KnownKey(
        KeyInfo.read(row),
        row.number("epoch"),
        row.instantOrNull("ends_at"),
        new Owner(
            new AccountId(row.number("account_id")),
            Plan.valueOf(row.text("plan")),
            new FolderId(row.number("root_id")),
            row.instantOrNull("disabled_at") != null));
  }

  /** Whether the secret that was shown opens anything. */
  KeyState state(Instant now) {
    if (secretEndsOrNull != null && !secretEndsOrNull.isAfter(now)) {
      return KeyState.REVOKED;
    }
    KeyState state = info.state(now);
    return state == KeyState.ACTIVE && owner.closed() ? KeyState.CLOSED : state;
  }

  /** What it is good for. */
  Keys.Verdict verdict(Instant now) {
    return new Keys.Verdict(info, state(now), ends());
  }

  /** What its holder may do. */
  Access access() {
    Restriction limits = info.restriction();
    return new Access(
        owner.account(),
        owner.plan(),
        limits.scopes(),
        limits.folder().orElse(owner.root()),
        new KeyTerms(info.id(), epoch, info.master(), limits.rateOrNull(), ends()));
  }

  /** The end of the key or of the secret that was shown, whichever is first. */
  private @Nullable Instant ends() {
    Instant key = info.restriction().expiresOrNull();
    if (key == null || secretEndsOrNull == null) {
      return key == null ? secretEndsOrNull : key;
    }
    return key.isBefore(secretEndsOrNull) ? key : secretEndsOrNull;
  }

  /** The account of a key. */
  record Owner(AccountId account, Plan plan, FolderId root, boolean closed) {}
}
