package io.consigne.server.scan;

import java.io.IOException;

/** Is told what a scan does. */
public interface ScanReport {
  /** A key was found; {@code commit} is empty outside git. */
  void found(String file, String commit, FoundKey key);

  /** Something was read to its end. */
  void read(long bytes);

  /** Something could not be read. */
  void unread(String what, IOException why);
}
