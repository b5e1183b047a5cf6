package io.consigne.client.cache;

import java.util.List;

/** The tables of a cache, as statements that make them. */
final class CacheTables {
  /** Which tables a file has; a change of them raises it. */
  static final int VERSION = 5;

  /** What is listed, and who changes it now. */
  static final List<String> LISTED =
      List.of(
          """
          CREATE TABLE folder (
            id INTEGER PRIMARY KEY,
            path TEXT NOT NULL,
            parent INTEGER,
            listed INTEGER NOT NULL,
            whole INTEGER NOT NULL,
            created INTEGER,
            public_url TEXT,
            password INTEGER NOT NULL DEFAULT 0,
            guests TEXT,
            owner TEXT)
          """,
          "CREATE INDEX folder_path ON folder (path)",
          "CREATE INDEX folder_parent ON folder (parent)",
          """
          CREATE TABLE IF NOT EXISTS change (
            id INTEGER PRIMARY KEY,
            folder INTEGER NOT NULL,
            holder INTEGER NOT NULL)
          """);

  /** Uploads of which it is not known yet what became of them. */
  static final List<String> OPEN =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS upload (
            number INTEGER PRIMARY KEY,
            host TEXT NOT NULL,
            id TEXT NOT NULL,
            folder INTEGER NOT NULL,
            others TEXT NOT NULL,
            opened INTEGER NOT NULL,
            holder INTEGER NOT NULL,
            UNIQUE (host, id))
          """,
          """
          CREATE TABLE IF NOT EXISTS upload_file (
            upload INTEGER NOT NULL,
            name TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified INTEGER,
            sha256 TEXT,
            whirlpool TEXT)
          """,
          "CREATE INDEX IF NOT EXISTS upload_file_upload ON upload_file (upload)",
          "PRAGMA user_version = " + VERSION);

  /** Those that the host has said to have; made where it is used, in a file of any version. */
  static final String TAKEN =
      """
      CREATE TABLE IF NOT EXISTS taken (
        host TEXT NOT NULL,
        id TEXT NOT NULL,
        UNIQUE (host, id))
      """;

  /** What is known of files. */
  static final List<String> KEPT =
      List.of(
          """
          CREATE TABLE file (
            link TEXT,
            folder INTEGER NOT NULL,
            name TEXT NOT NULL,
            size INTEGER NOT NULL,
            uploaded INTEGER,
            modified INTEGER,
            whirlpool TEXT,
            sha256 TEXT,
            type TEXT NOT NULL,
            locks INTEGER NOT NULL,
            changed INTEGER NOT NULL)
          """,
          "CREATE INDEX file_folder ON file (folder)",
          "CREATE INDEX file_link ON file (link)",
          "CREATE TABLE gone (link TEXT PRIMARY KEY, at INTEGER NOT NULL)",
          """
          CREATE TABLE sent (
            link TEXT PRIMARY KEY,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            sha256 TEXT)
          """);

  /** What a version before knew of listings is asked for anew: less was kept of folders. */
  static final List<String> UPGRADE =
      List.of(
          "DROP TABLE folder", "DROP TABLE IF EXISTS change", "DELETE FROM file WHERE changed = 0");

  /** Processes had numbers of the system, of which nobody can be asked from everywhere. */
  static final List<String> HELD_CHANGES =
      List.of(
          "ALTER TABLE change RENAME COLUMN pid TO holder",
          "ALTER TABLE change DROP COLUMN started",
          "UPDATE change SET holder = 0");

  /** The same of uploads, of whose files less was known. */
  static final List<String> HELD_UPLOADS =
      List.of(
          "ALTER TABLE upload RENAME COLUMN pid TO holder",
          "ALTER TABLE upload DROP COLUMN started",
          "UPDATE upload SET holder = 0",
          "ALTER TABLE upload_file ADD COLUMN whirlpool TEXT");

  private CacheTables() {}
}
