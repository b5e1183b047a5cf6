package io.consigne.client.standin;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file of the stand-in.
 *
 * @param id of its link
 * @param folder it lies in
 * @param name its name
 * @param bytes its content
 * @param stored when
 * @param marks what {@code file/chattr.cgi} said of it, as JSON texts by their names
 */
@SuppressWarnings("ArrayRecordComponent")
record StoredFile(
    String id, long folder, String name, byte[] bytes, Instant stored, Map<String, String> marks) {
  /** Copies. */
  StoredFile {
    marks = Map.copyOf(marks);
  }

  StoredFile in(long target) {
    return new StoredFile(id, target, name, bytes, stored, marks);
  }

  StoredFile at(Instant time) {
    return new StoredFile(id, folder, name, bytes, time, marks);
  }

  StoredFile called(String other) {
    return new StoredFile(id, folder, other, bytes, stored, marks);
  }

  StoredFile marked(Map<String, String> more) {
    var all = new TreeMap<>(marks);
    all.putAll(more);
    return new StoredFile(id, folder, name, bytes, stored, all);
  }
}
