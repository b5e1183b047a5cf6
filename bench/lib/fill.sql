-- Copies the only file of an account, each copy with a content and hashes of its own. Before this, the tables
-- `account` and `first` name the account and the file, and `many` says how many files there shall be, in folders
-- of 100: half of the folders are filled one after the other, the others in turns, a file at a time.
CREATE TEMP TABLE n AS
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < (SELECT files - 1 FROM many))
  SELECT i, CASE WHEN i <= files / 2 THEN (i - 1) / 100 ELSE files / 200 + i % (files / 200) END AS place
  FROM n, many;
CREATE TEMP TABLE top AS SELECT (SELECT MAX(id) FROM files) AS file,
  (SELECT MAX(id) FROM contents) AS content, (SELECT MAX(id) + 1 FROM folders) AS folder;

CREATE TEMP TABLE copies AS SELECT n.i, d.* FROM n, folders d
  WHERE d.id = (SELECT root_id FROM account) AND n.i <= (SELECT files / 100 FROM many);
UPDATE copies SET parent_id = id, id = (SELECT folder FROM top) + i - 1, name = 'folder ' || i;
ALTER TABLE copies DROP COLUMN i;
INSERT INTO folders SELECT * FROM copies;
DROP TABLE copies;

CREATE TEMP TABLE copies AS SELECT n.i, c.* FROM n, contents c
  WHERE c.id = (SELECT content_id FROM first);
UPDATE copies SET id = (SELECT content FROM top) + i, sha256 = lower(hex(randomblob(32)));
ALTER TABLE copies DROP COLUMN i;
INSERT INTO contents SELECT * FROM copies;
DROP TABLE copies;

CREATE TEMP TABLE copies AS SELECT n.i, s.* FROM n, content_segments s
  WHERE s.content_id = (SELECT content_id FROM first);
UPDATE copies SET content_id = (SELECT content FROM top) + i;
ALTER TABLE copies DROP COLUMN i;
INSERT INTO content_segments SELECT * FROM copies;
DROP TABLE copies;

CREATE TEMP TABLE copies AS SELECT n.i, h.* FROM n, content_hashes h
  WHERE h.content_id = (SELECT content_id FROM first);
UPDATE copies SET content_id = (SELECT content FROM top) + i, value = lower(hex(randomblob(64)));
ALTER TABLE copies DROP COLUMN i;
INSERT INTO content_hashes SELECT * FROM copies;
DROP TABLE copies;

CREATE TEMP TABLE copies AS SELECT n.i, n.place, f.* FROM n, first f;
UPDATE copies SET id = (SELECT file FROM top) + i, link = lower(hex(randomblob(10))),
  name = 'file ' || i, folder_id = (SELECT folder FROM top) + place,
  content_id = (SELECT content FROM top) + i;
ALTER TABLE copies DROP COLUMN i;
ALTER TABLE copies DROP COLUMN place;
INSERT INTO files SELECT * FROM copies;
DROP TABLE copies;

UPDATE store_files SET segments = segments + (SELECT files - 1 FROM many) WHERE name = (
  SELECT store_file FROM content_segments WHERE content_id = (SELECT content_id FROM first));
UPDATE accounts
  SET used_bytes = (SELECT files FROM many) * (SELECT size_bytes FROM first)
  WHERE id = (SELECT id FROM account);
