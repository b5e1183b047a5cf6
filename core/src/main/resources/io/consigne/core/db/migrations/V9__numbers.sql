-- How many numbers of files and contents the folder has given (docs/decisions/0015).
ALTER TABLE folders ADD COLUMN numbers BIGINT NOT NULL DEFAULT 0;
