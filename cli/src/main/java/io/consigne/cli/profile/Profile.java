package io.consigne.cli.profile;

import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import java.net.URI;

/**
 * An account by name.
 *
 * @param name as in {@code name:/folder}
 * @param url of the host's calls
 * @param key where its key lies
 */
public record Profile(String name, URI url, KeyPlace key) {
  /** What a profile may be called. */
  public static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

  /** Refuses a name that no path could carry. */
  public Profile {
    requireName(name);
  }

  /** Refuses it as well, before anything is done with it. */
  public static void requireName(String name) {
    if (!name.matches(NAME)) {
      throw new Problem(
          Exit.USAGE, "a profile is named by letters, digits, dots and dashes: " + name);
    }
  }
}
