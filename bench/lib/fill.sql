-- Copies the only file of an account, each copy with a content and hashes of its own. Before this, the tables
-- `account` and `first` name the account and the file, and `many` says how many files there shall be, in folders
-- of 100: half of the folders are filled one after the other, the others in turns, a file at a time. Files and
-- contents are entered in that order, and numbered as the host does it.
CREATE TEMP TABLE n AS
  WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < (SELECT files - 1 FROM many))
  SELECT i, CASE WHEN i <= files / 2 THEN (i - 1) / 100 ELSE files / 200 + i % (files / 200) END AS place,
    CASE WHEN i <= files / 2 THEN (i - 1) % 100 ELSE (i - files / 2 - 1) / (files / 200) END AS nth
  FROM n, many;
CREATE TEMP TABLE top AS SELECT (SELECT MAX(id) + 1 FROM folders) AS folder;
ALTER TABLE n ADD COLUMN number;
UPDATE n SET number = ((folder + place) << 32) + nth FROM top;

CREATE TEMP TABLE copies AS SELECT n.i, d.* FROM n, folders d
  WHERE d.id = (SELECT root_id FROM account) AND n.i <= (SELECT files / 100 FROM many);
UPDATE copies SET parent_id = id, id = (SELECT folder FROM top) + i - 1, name = 'folder ' || i, numbers = 100;
ALTER TABLE copies DROP COLUMN i;
INSERT INTO folders SELECT * FROM copies;
DROP TABLE copies;

CREATE TEMP TABLE copies AS SELECT n.number AS i, c.* FROM n, contents c
  WHERE c.id = (SELECT content_id FROM first);
UPDATE copies SET id = i, sha256 = lower(hex(randomblob(32)));
ALTER TABLE copies DROP COLUMN i;
INSERT INTO contents SELECT * FROM copies;
DROP TABLE copies;

CREATE TEMP TABLE copies AS SELECT n.number AS i, s.* FROM n, content_segments s
  WHERE s.content_id = (SELECT content_id FROM first);
UPDATE copies SET content_id = i;
ALTER TABLE copies DROP COLUMN i;
INSERT INTO content_segments SELECT * FROM copies;
DROP TABLE copies;

CREATE TEMP TABLE copies AS SELECT n.number AS i, h.* FROM n, content_hashes h
  WHERE h.content_id = (SELECT content_id FROM first);
UPDATE copies SET content_id = i, value = lower(hex(randomblob(64)));
ALTER TABLE copies DROP COLUMN i;
INSERT INTO content_hashes SELECT * FROM copies;
DROP TABLE copies;

CREATE TEMP TABLE copies AS SELECT n.i, n.place, n.number, f.* FROM n, first f;
UPDATE copies SET id = number, link = lower(hex(randomblob(10))),
  name = 'file ' || i, folder_id = (SELECT folder FROM top) + place,
  content_id = number;
ALTER TABLE copies DROP COLUMN i;
ALTER TABLE copies DROP COLUMN place;
ALTER TABLE copies DROP COLUMN number;
INSERT INTO files SELECT * FROM copies;
DROP TABLE copies;

UPDATE store_files SET segments = segments + (SELECT files - 1 FROM many) WHERE name = (
  SELECT store_file FROM content_segments WHERE content_id = (SELECT content_id FROM first));
UPDATE accounts
  SET used_bytes = (SELECT files FROM many) * (SELECT size_bytes FROM first),
    items = items + (SELECT files - 1 FROM many) + (SELECT files / 100 FROM many)
  WHERE id = (SELECT id FROM account);
