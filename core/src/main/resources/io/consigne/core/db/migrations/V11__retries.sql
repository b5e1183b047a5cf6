-- How many fetches of a request were asked for again of late, and since when that is counted.
ALTER TABLE remote_requests ADD COLUMN retries BIGINT NOT NULL DEFAULT 0;
ALTER TABLE remote_requests ADD COLUMN retries_since BIGINT NOT NULL DEFAULT 0;
