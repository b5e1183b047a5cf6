-- What was transferred on a day, for the allowances of plans. Rows of past days are removed.
CREATE TABLE transferred (
  subject   TEXT NOT NULL,                     -- account:<id> or address:<network>
  direction TEXT NOT NULL,                     -- upload or download
  day       BIGINT NOT NULL,                   -- since 1970, in UTC
  bytes     BIGINT NOT NULL,
  PRIMARY KEY (subject, direction, day)
);

-- Retention: null while a file was never downloaded, and while nothing is announced.
ALTER TABLE files ADD COLUMN downloaded_at BIGINT;
ALTER TABLE files ADD COLUMN removal_announced_at BIGINT;
CREATE INDEX files_announced ON files (account_id, removal_announced_at)
  WHERE removal_announced_at IS NOT NULL;
