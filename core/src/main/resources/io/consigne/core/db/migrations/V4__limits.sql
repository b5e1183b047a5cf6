-- What was transferred on a day, for the allowances of plans. Rows of past days are removed.
CREATE TABLE transferred (
  subject   TEXT NOT NULL,                     -- account:<id> or address:<network>
  direction TEXT NOT NULL,                     -- upload or download
  day       BIGINT NOT NULL,                   -- since 1970, in UTC
  bytes     BIGINT NOT NULL,
  PRIMARY KEY (subject, direction, day)
);

-- Retention: null while a file was never downloaded, and while no removal is announced.
ALTER TABLE files ADD COLUMN downloaded_at BIGINT;
ALTER TABLE files ADD COLUMN removal_at BIGINT;
CREATE INDEX files_removal ON files (removal_at) WHERE removal_at IS NOT NULL;
