package io.consigne.cli.files;

import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Names of a host as names of local files: never a way out of the folder. */
final class LocalNames {
  private LocalNames() {}

  static boolean isUsable(String name) {
    return !name.isEmpty()
        && !name.equals(".")
        && !name.equals("..")
        && name.indexOf('/') < 0
        && isNameHere(name);
  }

  /** Not if it has a zero, or what the encoding of this system lacks. */
  private static boolean isNameHere(String name) {
    try {
      var _ = Path.of(name);
      return true;
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** The file of that name in a local folder. */
  static Path child(Path folder, String name) {
    if (!isUsable(name)) {
      throw new Problem(Exit.CONFLICT, "no local file can have this name: \"" + name + "\"");
    }
    return folder.resolve(name);
  }
}
