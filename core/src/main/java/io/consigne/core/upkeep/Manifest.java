package io.consigne.core.upkeep;

import io.consigne.core.blobs.StoreId;
import io.consigne.core.db.Database;
import io.consigne.core.failure.Failure;
import io.consigne.core.ids.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What makes a directory of copies a backup: written last, it says what belongs to it.
 *
 * @param made when the backup was begun, in ISO 8601
 * @param store the id of the store
 * @param state the directory of the files below; {@code -} if only the store was copied
 * @param files in that directory
 * @param blobs what was copied of the store
 */
record Manifest(String made, String store, String state, List<Entry> files, Blobs blobs) {
  /** The state of a backup that holds the store alone. */
  static final String NO_STATE = "-";

  /** The name of the database among the files. */
  static final String DATABASE = "consigne.db";

  private static final String HEAD = "consigne-backup 1";
  private static final String SUM = "sha256 ";

  /** Copies the files. */
  Manifest {
    files = List.copyOf(files);
  }

  /** The copy of the database; empty if the backup has none. */
  Optional<Entry> database() {
    return files.stream().filter(file -> file.name().equals(DATABASE)).findFirst();
  }

  /** Refuses to go on without a database, or with one too many. */
  void requireDatabase(@Nullable Database server) {
    if (database().isPresent() == (server != null)) {
      throw new Failure.Conflict(
              server == null
                  ? "The backup holds the store alone: restore the database and name it by --db"
                  : "The backup holds an embedded database: --db is not wanted")
          .asException();
    }
  }

  /** Refuses a database that belongs to another store. */
  void requireStoreOf(Database known) {
    String id = StoreId.of(known).orElse("none");
    if (!id.equals(store)) {
      throw new Failure.Conflict("The database is of the store " + id + ", the backup of " + store)
          .asException();
    }
  }

  /** Lines, the last of which is the hash of those before. */
  String text() {
    var text = new StringBuilder(HEAD).append('\n');
    text.append("made ").append(made).append('\n');
    text.append("store ").append(store).append('\n');
    text.append("state ").append(state).append('\n');
    for (Entry file : files) {
      text.append("file %s %d %s%n".formatted(file.name(), file.size(), file.sha256()));
    }
    text.append(
        "blobs %d %d %d %d%n"
            .formatted(blobs.storeFiles(), blobs.segments(), blobs.bytes(), blobs.lost()));
    return text + SUM + Sha256.hex(text.toString()) + "\n";
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws io.consigne.core.failure.FailureException {@code Conflict} if it is something else
   */
  static Manifest parse(String text) {
    int sum = text.lastIndexOf(SUM);
    if (sum < 0 || !text.substring(sum).equals(SUM + Sha256.hex(text.substring(0, sum)) + "\n")) {
      throw new Failure.Conflict("The manifest of the backup is damaged").asException();
    }
    String[] lines = text.substring(0, sum).split("\n", -1);
    if (!lines[0].equals(HEAD)) {
      throw new Failure.Conflict("The backup is of a newer version of this program: " + lines[0])
          .asException();
    }
    var files = new ArrayList<Entry>();
    for (String line : lines) {
      if (line.startsWith("file ")) {
        String[] words = line.split(" ", -1);
        files.add(new Entry(words[1], Long.parseLong(words[2]), words[3]));
      }
    }
    String[] blobs = value(lines, "blobs").split(" ", -1);
    return new Manifest(
        value(lines, "made"),
        value(lines, "store"),
        value(lines, "state"),
        files,
        new Blobs(
            Long.parseLong(blobs[0]),
            Long.parseLong(blobs[1]),
            Long.parseLong(blobs[2]),
            Long.parseLong(blobs[3])));
  }

  private static String value(String[] lines, String name) {
    for (String line : lines) {
      if (line.startsWith(name + " ")) {
        return line.substring(name.length() + 1);
      }
    }
    throw new Failure.Conflict("The manifest of the backup has no line " + name).asException();
  }

  /**
   * A file of the backup.
   *
   * @param name below the state's directory
   */
  record Entry(String name, long size, String sha256) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    /** Refuses what is not the plain name of a file. */
    Entry {
      if (!NAME.matcher(name).matches()) {
        throw new Failure.Conflict("A file of that name is in no backup: " + name).asException();
      }
    }
  }

  /**
   * What was copied of the store.
   *
   * @param lost how many segments could not be copied, because they are damaged
   */
  record Blobs(long storeFiles, long segments, long bytes, long lost) {}
}
