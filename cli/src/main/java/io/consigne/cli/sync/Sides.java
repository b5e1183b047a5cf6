package io.consigne.cli.sync;

import io.consigne.cli.remote.Address;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import java.nio.file.Path;

/**
 * A local and a remote folder.
 *
 * @param local of this machine
 * @param remote of an account, or a public one
 * @param isUp whether the local one was named first
 */
record Sides(Path local, Address remote, boolean isUp) {
  /** Reads both; the remote one is the one that begins with a profile's name and a colon. */
  static Sides parse(String first, String second) {
    if (isRemote(first) && isRemote(second)) {
      throw new Problem(
          Exit.USAGE,
          "one side must be a folder of this machine",
          "between accounts: get it, and put it there; \"consigne remote add\" fetches links");
    }
    if (!isRemote(first) && !isRemote(second)) {
      throw new Problem(
          Exit.USAGE,
          "one side must be remote, such as profile:/folder, or :/folder of the default profile");
    }
    return isRemote(first)
        ? new Sides(Path.of(second), remote(first), false)
        : new Sides(Path.of(first), remote(second), true);
  }

  private static boolean isRemote(String text) {
    return text.matches("(?s)([A-Za-z0-9][A-Za-z0-9._-]{0,63})?:.*");
  }

  private static Address remote(String text) {
    Address address = Address.parse(text);
    if (address instanceof Address.ByLink) {
      throw new Problem(Exit.USAGE, "the link of a file, and no folder: " + text);
    }
    return address;
  }
}
