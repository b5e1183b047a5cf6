-- What one source is sent in place of the headers of its request, sealed; null: those.
ALTER TABLE remote_fetches ADD COLUMN headers TEXT;

-- Webhooks: to whom the host tells what happens to an account.
CREATE TABLE webhooks (
  id         ${id},
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  url        TEXT NOT NULL,                    -- sealed
  secret     TEXT NOT NULL,                    -- sealed: what its messages are signed with
  events     TEXT NOT NULL,                    -- words between spaces; empty: all
  created_at BIGINT NOT NULL
);
CREATE INDEX webhooks_account ON webhooks (account_id);

-- What is to be told, and the log of what was told.
CREATE TABLE messages (
  id         ${id},
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  webhook_id BIGINT REFERENCES webhooks (id),  -- null: a mail to the account
  event      TEXT NOT NULL,
  at         BIGINT NOT NULL,                  -- when it happened
  data       TEXT NOT NULL,                    -- a JSON object
  state      TEXT NOT NULL,                    -- waiting, delivered, failed
  node       TEXT,                             -- who sends it now
  claim      BIGINT NOT NULL,                  -- raised by each claim: an older one is void
  attempts   BIGINT NOT NULL,
  next_at    BIGINT NOT NULL,                  -- not to be claimed before
  status     BIGINT,                           -- of the last answer; null: there was none
  reason     TEXT NOT NULL,                    -- why it is not delivered
  ended_at   BIGINT
);
CREATE INDEX messages_due ON messages (next_at) WHERE state = 'waiting';
CREATE INDEX messages_account ON messages (account_id, id);
CREATE INDEX messages_webhook ON messages (webhook_id);
