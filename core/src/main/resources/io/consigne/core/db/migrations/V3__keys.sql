-- Keys that may do less than everything, that can be replaced while the old secret goes on for a
-- while, and of which it is known when they were used. Every key so far is a master key.

ALTER TABLE api_keys ADD COLUMN name TEXT NOT NULL DEFAULT '';
-- Words, a space apart.
ALTER TABLE api_keys ADD COLUMN scopes TEXT NOT NULL
  DEFAULT 'read write delete share remote account';
-- What the key sees as its root; null: the account's. A folder that is gone opens nothing.
ALTER TABLE api_keys ADD COLUMN folder_id BIGINT;
-- Blocks of addresses, a space apart; empty: from everywhere.
ALTER TABLE api_keys ADD COLUMN networks TEXT NOT NULL DEFAULT '';
ALTER TABLE api_keys ADD COLUMN expires_at BIGINT;
-- Requests a second; null: as the account's plan.
ALTER TABLE api_keys ADD COLUMN rate BIGINT;
-- Raised to end every download token and running upload of the key.
ALTER TABLE api_keys ADD COLUMN epoch BIGINT NOT NULL DEFAULT 0;
ALTER TABLE api_keys ADD COLUMN used_at BIGINT;
ALTER TABLE api_keys ADD COLUMN used_from TEXT NOT NULL DEFAULT '';
ALTER TABLE api_keys ADD COLUMN used_by TEXT NOT NULL DEFAULT '';

CREATE UNIQUE INDEX api_keys_name ON api_keys (account_id, name)
  WHERE kind = 'restricted' AND revoked_at IS NULL;
CREATE INDEX api_keys_account ON api_keys (account_id);

-- Secrets that were replaced. They open their key until they end, and are known afterwards.
CREATE TABLE retired_secrets (
  secret_hash TEXT PRIMARY KEY,
  key_id      BIGINT NOT NULL REFERENCES api_keys (id),
  ends_at     BIGINT NOT NULL
);
CREATE INDEX retired_secrets_key ON retired_secrets (key_id);

-- What was done with a key on a day, counted from 1970 in UTC.
CREATE TABLE key_days (
  key_id           BIGINT NOT NULL REFERENCES api_keys (id),
  day              BIGINT NOT NULL,
  calls            BIGINT NOT NULL,
  uploaded_bytes   BIGINT NOT NULL,
  downloaded_bytes BIGINT NOT NULL,
  PRIMARY KEY (key_id, day)
);
CREATE INDEX key_days_day ON key_days (day);
