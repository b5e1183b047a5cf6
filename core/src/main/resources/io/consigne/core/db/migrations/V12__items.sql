-- How many files and folders an account has: no removed files, and not the root.
ALTER TABLE accounts ADD COLUMN items BIGINT NOT NULL DEFAULT 0;
UPDATE accounts SET items =
  (SELECT COUNT(*) FROM files f WHERE f.account_id = accounts.id AND f.removed_at IS NULL)
  + (SELECT COUNT(*) FROM folders d
    WHERE d.account_id = accounts.id AND d.id <> accounts.root_id);

-- What the operator allows; null: what the plan gives.
ALTER TABLE accounts ADD COLUMN quota_bytes BIGINT;
ALTER TABLE accounts ADD COLUMN quota_items BIGINT;

-- Since when the account is being removed: nobody sees it any more, and nothing is added to it.
ALTER TABLE accounts ADD COLUMN removed_at BIGINT;
CREATE INDEX accounts_removed ON accounts (removed_at) WHERE removed_at IS NOT NULL;

-- The folders of an account in their order, to be taken a few at a time.
DROP INDEX folders_account;
CREATE INDEX folders_account ON folders (account_id, id);
