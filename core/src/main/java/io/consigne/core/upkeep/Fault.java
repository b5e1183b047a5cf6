package io.consigne.core.upkeep;

import java.util.List;

/**
 * Something that the database and the store do not agree on, or the database with itself.
 *
 * @param kind what is wrong
 * @param what one sentence that names the thing and shows the values
 * @param repaired whether it was repaired
 * @param left whether it is left alone, for a reason that the sentence tells: others of its kind
 *     can be repaired
 * @param files whose bytes cannot be served because of it, up to a thousand of them
 */
public record Fault(
    Kind kind, String what, boolean repaired, boolean left, List<AffectedFile> files) {
  /** Copies the files. */
  public Fault {
    files = List.copyOf(files);
  }

  /** A fault that is left alone for no reason of its own. */
  Fault(Kind kind, String what, boolean repaired, List<AffectedFile> files) {
    this(kind, what, repaired, false, files);
  }

  /** This fault, left alone for that reason; it is just this one if there is none. */
  Fault leftAlone(String why) {
    return why.isEmpty()
        ? this
        : new Fault(kind, what + "; it is left alone, because " + why, repaired, true, files);
  }

  /** What can be wrong. */
  public enum Kind {
    /** What the database's own check finds. Nothing at all is repaired then. */
    DATABASE("The database file is damaged", false),
    /** Rows that name a missing row, and that no other kind tells of. */
    DANGLING("Rows that name a row that is missing", false),
    /** A missing root folder is made. */
    ROOT("Accounts without a root folder"),
    /** A folder that no root leads to is moved to the folder lost+found of its account. */
    FOLDER("Folders that no root leads to"),
    /** A folder within itself is moved to the folder lost+found of its account. */
    CYCLE("Folders that lie within themselves"),
    /** A file in a folder that is missing is moved to the folder lost+found of its account. */
    FILE("Files whose folder is missing or another account's"),
    /** What nobody owns. */
    NOBODY("Folders and files whose account is missing", false),
    /** A file whose content has no row. Its bytes are gone. */
    CONTENT("Files whose content is gone", false),
    /** The size of a file is made that of its content, unless the file may mean another one. */
    SIZE("Files whose size is not that of their content"),
    /** A file that shows another account's content. It is not served: whose bytes are meant? */
    OWNER("Files that show another account's content", false),
    /** The count is made anew. */
    REFS("Contents whose files are miscounted"),
    /** The mark is made to agree with the count. */
    REMOVED("Contents marked as removed that are shown, or the other way round"),
    /** A content without all its segments. Bytes are gone. */
    SEGMENTS("Contents whose segments do not add up", false),
    /** The hash is computed again. */
    HASH("Contents without a row for their hash"),
    /** The count is made anew. */
    USED("Accounts whose used bytes are miscounted"),
    /** The count is made anew. */
    ITEMS("Accounts whose files and folders are miscounted"),
    /** The counts are made anew. */
    COUNTS("Store files whose segments or dead bytes are miscounted"),
    /** A row is made of what the store has. */
    ROW("Store files with contents, but without a row"),
    /** Bytes that are not where the database says. */
    BYTES("Bytes that are missing or not where the database says", false),
    /** Bytes that may be there: the system did not let us look. */
    UNCHECKED("Bytes that could not be looked at", false),
    /** Two contents that would lie on each other. One of them is wrong. */
    OVERLAP("Segments that overlap", false),
    /** A store file that the database does not know is deleted. */
    ORPHAN("Store files that the database does not know");

    private final String title;
    private final boolean repairable;

    Kind(String title) {
      this(title, true);
    }

    Kind(String title, boolean repairable) {
      this.title = title;
      this.repairable = repairable;
    }

    /** Whether such faults can be repaired. */
    public boolean isRepairable() {
      return repairable;
    }

    /** What is wrong, as a heading. */
    public String title() {
      return title;
    }
  }
}
