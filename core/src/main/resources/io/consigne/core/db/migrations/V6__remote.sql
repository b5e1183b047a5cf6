-- Remote uploads: what the host is asked to fetch, and how far it is.

-- What running fetches were promised of the quota.
ALTER TABLE accounts ADD COLUMN reserved_bytes BIGINT NOT NULL DEFAULT 0;

CREATE TABLE remote_requests (
  id         ${id},
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  key_id     BIGINT,                           -- null: asked for with a password
  key_epoch  BIGINT NOT NULL,
  key_master BOOLEAN NOT NULL,
  rights     TEXT NOT NULL,                    -- words, a space apart
  root_id    BIGINT NOT NULL,                  -- what the key saw as its root
  folder_id  BIGINT NOT NULL,                  -- where the files go
  address    TEXT NOT NULL,
  client     TEXT NOT NULL,
  headers    TEXT,                             -- sealed; null: none, or not needed any more
  created_at BIGINT NOT NULL
);
CREATE INDEX remote_requests_account ON remote_requests (account_id, id);

-- One source of a request.
CREATE TABLE remote_fetches (
  id             ${id},
  request_id     BIGINT NOT NULL REFERENCES remote_requests (id),
  account_id     BIGINT NOT NULL,
  position       BIGINT NOT NULL,
  source         TEXT NOT NULL,                -- sealed: its address
  copied_link    TEXT,                         -- a file of this host, which is copied
  state          TEXT NOT NULL,                -- queued, running, done, failed, cancelled
  node           TEXT,                         -- who runs it
  claim          BIGINT NOT NULL,              -- raised by each claim: an older one is void
  beat_at        BIGINT,                       -- when the node last said that it runs it
  attempts       BIGINT NOT NULL,              -- in a row that brought nothing
  queued_at      BIGINT NOT NULL,              -- asked for, or asked for again
  next_at        BIGINT NOT NULL,              -- not to be tried before
  bytes          BIGINT NOT NULL,
  total_bytes    BIGINT,                       -- null: not known
  owner_id       BIGINT,                       -- whose quota the reservation is of
  reserved_bytes BIGINT NOT NULL,
  partial_file   TEXT,                         -- the unfinished store file; null: none
  partial_bytes  BIGINT NOT NULL,              -- how much of it survives a power cut
  partial_sum    BIGINT NOT NULL,              -- CRC32C of that
  validator      TEXT,                         -- what the source calls its present state
  name           TEXT NOT NULL,
  link           TEXT,                         -- of the file that came of it
  reason         TEXT NOT NULL,                -- why it is not done
  ended_at       BIGINT
);
CREATE UNIQUE INDEX remote_fetches_position ON remote_fetches (request_id, position);
CREATE INDEX remote_fetches_queue ON remote_fetches (next_at) WHERE state = 'queued';
CREATE INDEX remote_fetches_running ON remote_fetches (beat_at) WHERE state = 'running';
CREATE INDEX remote_fetches_account ON remote_fetches (account_id, state);
