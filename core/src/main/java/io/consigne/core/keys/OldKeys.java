package io.consigne.core.keys;

import io.consigne.core.db.Sql;
import io.consigne.core.ids.AccountId;
import java.util.List;

/**
 * What is known of keys that are revoked and of secrets that were replaced: of each account the
 * newest {@link KeyLimits#PAST}. An older one is to the host what it never made.
 */
final class OldKeys {
  private static final int BATCH = 500;

  private OldKeys() {}

  /** Forgets some of those that are too many; there is one more at a time. */
  static void forget(Sql sql, AccountId account) {
    sql.list(
            """
            SELECT id FROM api_keys WHERE account_id = ? AND revoked_at IS NOT NULL
            ORDER BY revoked_at DESC, id DESC LIMIT ? OFFSET ?
            """,
            row -> row.number("id"),
            account.value(),
            BATCH,
            KeyLimits.PAST)
        .forEach(key -> forgetKey(sql, key));
    List<String> replaced =
        sql.list(
            """
            SELECT r.secret_hash FROM retired_secrets r JOIN api_keys k ON k.id = r.key_id
            WHERE k.account_id = ? ORDER BY r.ends_at DESC, r.secret_hash LIMIT ? OFFSET ?
            """,
            row -> row.text("secret_hash"),
            account.value(),
            BATCH,
            KeyLimits.PAST);
    replaced.forEach(hash -> sql.update("DELETE FROM retired_secrets WHERE secret_hash = ?", hash));
  }

  private static void forgetKey(Sql sql, long key) {
    sql.update("DELETE FROM retired_secrets WHERE key_id = ?", key);
    sql.update("DELETE FROM key_days WHERE key_id = ?", key);
    sql.update("DELETE FROM api_keys WHERE id = ?", key);
  }
}
