-- The schema of a host. ${id} is the database's own way to number rows; all else is one SQL.
-- Instants are UTC milliseconds; sizes and offsets are bytes; hashes are lower-case hex.

CREATE TABLE host (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

-- HMAC keys of download tokens, newest first in use, older ones until their tokens have expired.
CREATE TABLE signing_keys (
  id         ${id},
  secret     TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE accounts (
  id            ${id},
  email         TEXT NOT NULL,
  email_key     TEXT NOT NULL UNIQUE,          -- lower case, what is looked up
  password_hash TEXT,                          -- Argon2id; null: no password login
  plan          TEXT NOT NULL,
  root_id       BIGINT NOT NULL,               -- the folder that is 0 on the wire
  epoch         BIGINT NOT NULL,               -- raised to end every token of the account
  changes       BIGINT NOT NULL,               -- raised by each change of the tree
  used_bytes    BIGINT NOT NULL,
  settings      TEXT NOT NULL,                 -- name=value lines
  created_at    BIGINT NOT NULL,
  disabled_at   BIGINT
);

CREATE TABLE api_keys (
  id          ${id},
  account_id  BIGINT NOT NULL REFERENCES accounts (id),
  kind        TEXT NOT NULL,                   -- master
  secret_hash TEXT NOT NULL UNIQUE,            -- SHA-256 of the key
  hint        TEXT NOT NULL,                   -- first characters, to recognise it
  created_at  BIGINT NOT NULL,
  revoked_at  BIGINT
);
CREATE UNIQUE INDEX api_keys_master ON api_keys (account_id)
  WHERE kind = 'master' AND revoked_at IS NULL;

CREATE TABLE folders (
  id             ${id},
  account_id     BIGINT NOT NULL,
  parent_id      BIGINT REFERENCES folders (id),  -- null: the root of its account
  name           TEXT NOT NULL,
  created_at     BIGINT NOT NULL,
  revision       BIGINT NOT NULL,
  share_token    TEXT UNIQUE,                     -- the folder is public at /dir/<token>
  share_password TEXT                             -- Argon2id
);
CREATE UNIQUE INDEX folders_name ON folders (parent_id, name);
CREATE INDEX folders_account ON folders (account_id);

-- A folder, and all below it, opened to another account.
CREATE TABLE folder_shares (
  folder_id  BIGINT NOT NULL REFERENCES folders (id),
  account_id BIGINT NOT NULL REFERENCES accounts (id),
  rw         BOOLEAN NOT NULL,
  hide_links BOOLEAN NOT NULL,
  PRIMARY KEY (folder_id, account_id)
);
CREATE INDEX folder_shares_account ON folder_shares (account_id);

-- Physical files of the blob store. A row is made with the first content in it.
CREATE TABLE store_files (
  name       TEXT PRIMARY KEY,
  size_bytes BIGINT NOT NULL,                  -- on disk, trailers included
  dead_bytes BIGINT NOT NULL,                  -- of segments that are gone
  segments   BIGINT NOT NULL,                  -- how many point here
  created_at BIGINT NOT NULL,
  doomed_at  BIGINT                            -- nothing points here any more: to be deleted
);
CREATE INDEX store_files_doomed ON store_files (doomed_at) WHERE doomed_at IS NOT NULL;

CREATE TABLE contents (
  id         ${id},
  account_id BIGINT NOT NULL,                  -- equal contents are stored once within it
  size_bytes BIGINT NOT NULL,
  sha256     TEXT NOT NULL,
  refs       BIGINT NOT NULL,                  -- files that show it
  created_at BIGINT NOT NULL,
  removed_at BIGINT                            -- since when refs is 0
);
CREATE INDEX contents_sha256 ON contents (sha256, account_id);
CREATE INDEX contents_removed ON contents (removed_at) WHERE removed_at IS NOT NULL;

-- The bytes of a content are those of its segments, in order.
CREATE TABLE content_segments (
  content_id   BIGINT NOT NULL REFERENCES contents (id),
  position     BIGINT NOT NULL,
  store_file   TEXT NOT NULL REFERENCES store_files (name),
  offset_bytes BIGINT NOT NULL,
  size_bytes   BIGINT NOT NULL,
  PRIMARY KEY (content_id, position)
);
CREATE INDEX content_segments_file ON content_segments (store_file);

-- Further hashes of a content; value is null while it is pending.
CREATE TABLE content_hashes (
  content_id BIGINT NOT NULL REFERENCES contents (id),
  algorithm  TEXT NOT NULL,
  value      TEXT,
  PRIMARY KEY (content_id, algorithm)
);
CREATE INDEX content_hashes_pending ON content_hashes (content_id) WHERE value IS NULL;

CREATE TABLE files (
  id           ${id},
  account_id   BIGINT NOT NULL,                -- the folder's owner, who is charged
  folder_id    BIGINT NOT NULL,                -- a removed file may outlive its folder
  name         TEXT NOT NULL,
  content_id   BIGINT NOT NULL REFERENCES contents (id),
  size_bytes   BIGINT NOT NULL,
  link         TEXT NOT NULL UNIQUE,
  domain       BIGINT NOT NULL,                -- the wire's domain id, 0 to 10
  uploaded_at  BIGINT NOT NULL,
  modified_at  BIGINT NOT NULL,                -- the client's time, else the upload's
  revision     BIGINT NOT NULL,
  removed_at   BIGINT,
  description  TEXT NOT NULL,
  password     TEXT,                           -- Argon2id
  inline       BOOLEAN NOT NULL,
  no_ssl       BOOLEAN NOT NULL,
  cdn          BOOLEAN NOT NULL,
  acl          TEXT NOT NULL,                  -- rules, a line each; empty: none
  removal_code TEXT                            -- SHA-256 of the code of a guest's removal link
);
CREATE INDEX files_folder ON files (folder_id, id) WHERE removed_at IS NULL;
CREATE INDEX files_name ON files (folder_id, name) WHERE removed_at IS NULL;
CREATE INDEX files_account ON files (account_id, id) WHERE removed_at IS NULL;
CREATE INDEX files_content ON files (content_id);
CREATE INDEX files_removed ON files (removed_at) WHERE removed_at IS NOT NULL;

CREATE TABLE uploads (
  id          TEXT PRIMARY KEY,                -- up to 10 letters and digits
  account_id  BIGINT,                          -- null: a guest
  incoming    BOOLEAN NOT NULL,
  finished_at BIGINT NOT NULL
);
CREATE INDEX uploads_finished ON uploads (finished_at);

CREATE TABLE upload_items (
  upload_id    TEXT NOT NULL REFERENCES uploads (id),
  position     BIGINT NOT NULL,
  name         TEXT NOT NULL,
  size_bytes   BIGINT NOT NULL,
  file_id      BIGINT,                         -- null: refused
  link         TEXT,
  removal_code TEXT,                           -- in clear, for the report of a guest
  refusal      TEXT,                           -- why it was not kept
  PRIMARY KEY (upload_id, position)
);
