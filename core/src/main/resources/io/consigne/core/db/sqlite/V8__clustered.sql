-- Rows that are found by a key of their own stand in its order. SQLite alone kept each of them
-- twice, as a row and as an entry of the key's index, and every upload had to write both.

CREATE TABLE segments_in_order (
  content_id   BIGINT NOT NULL REFERENCES contents (id),
  position     BIGINT NOT NULL,
  store_file   TEXT NOT NULL REFERENCES store_files (name),
  offset_bytes BIGINT NOT NULL,
  size_bytes   BIGINT NOT NULL,
  PRIMARY KEY (content_id, position)
) WITHOUT ROWID;
INSERT INTO segments_in_order
  SELECT content_id, position, store_file, offset_bytes, size_bytes FROM content_segments
  ORDER BY content_id, position;
DROP TABLE content_segments;
ALTER TABLE segments_in_order RENAME TO content_segments;
CREATE INDEX content_segments_place ON content_segments (store_file, offset_bytes);

CREATE TABLE hashes_in_order (
  content_id BIGINT NOT NULL REFERENCES contents (id),
  algorithm  TEXT NOT NULL,
  value      TEXT,
  PRIMARY KEY (content_id, algorithm)
) WITHOUT ROWID;
INSERT INTO hashes_in_order
  SELECT content_id, algorithm, value FROM content_hashes ORDER BY content_id, algorithm;
DROP TABLE content_hashes;
ALTER TABLE hashes_in_order RENAME TO content_hashes;
CREATE INDEX content_hashes_pending ON content_hashes (content_id) WHERE value IS NULL;

CREATE TABLE uploads_in_order (
  id          TEXT NOT NULL PRIMARY KEY,
  account_id  BIGINT,
  incoming    BOOLEAN NOT NULL,
  finished_at BIGINT NOT NULL
) WITHOUT ROWID;
INSERT INTO uploads_in_order
  SELECT id, account_id, incoming, finished_at FROM uploads ORDER BY id;

CREATE TABLE items_in_order (
  upload_id    TEXT NOT NULL REFERENCES uploads_in_order (id),
  position     BIGINT NOT NULL,
  name         TEXT NOT NULL,
  size_bytes   BIGINT NOT NULL,
  file_id      BIGINT,
  link         TEXT,
  removal_code TEXT,
  refusal      TEXT,
  PRIMARY KEY (upload_id, position)
) WITHOUT ROWID;
INSERT INTO items_in_order
  SELECT upload_id, position, name, size_bytes, file_id, link, removal_code, refusal
  FROM upload_items ORDER BY upload_id, position;
DROP TABLE upload_items;
DROP TABLE uploads;
ALTER TABLE uploads_in_order RENAME TO uploads;
ALTER TABLE items_in_order RENAME TO upload_items;
CREATE INDEX uploads_finished ON uploads (finished_at);
