package io.consigne.e2e.syscalls;

import java.util.Random;

/** What an answer promised. */
sealed interface Promise {
  /** A text by which the change is found in the log of the database. */
  String text();

  /**
   * A file is there.
   *
   * @param name its name, which no other file ever had
   * @param content its bytes
   */
  record Kept(String name, Bytes content) implements Promise {
    @Override
    public String text() {
      return name;
    }
  }

  /** A file is not there any more. */
  record Gone(String name) implements Promise {
    @Override
    public String text() {
      return name;
    }
  }

  /** A folder is there. */
  record Folder(String name) implements Promise {
    @Override
    public String text() {
      return name;
    }
  }

  /** A setting has this value. */
  record Chosen(String name, long value) implements Promise {
    @Override
    public String text() {
      return name + "=" + value;
    }
  }

  /**
   * What was changed is found.
   *
   * @param text a name that stands in the row, and in no other
   * @param statement that finds a row since the change, and found none before
   */
  record Changed(String text, String statement) implements Promise {}

  /** The bytes that belong to a seed. */
  record Bytes(long seed, int size) {
    byte[] drawn() {
      byte[] bytes = new byte[size];
      new Random(seed).nextBytes(bytes);
      return bytes;
    }
  }
}
