package io.consigne.cli.profile;

import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.client.model.ApiKey;

/** Where the key of a profile lies. */
public sealed interface KeyPlace {
  /** In the keyring of the system. */
  record Keyring() implements KeyPlace {}

  /** In a file of its own that only its owner reads. */
  record OwnFile() implements KeyPlace {}

  /**
   * A command prints it, each time that it is needed.
   *
   * @param command for {@code sh -c}
   */
  record Printed(String command) implements KeyPlace {
    /** It stands in a line of a file, between tabs. */
    public Printed {
      if (command.indexOf('\n') >= 0 || command.indexOf('\t') >= 0) {
        throw new Problem(Exit.USAGE, "a command for the key is one line without tabs");
      }
    }
  }

  /**
   * Somebody else keeps it: a variable, or the configuration of rclone.
   *
   * @param where for people
   * @param key itself
   */
  record Given(String where, ApiKey key) implements KeyPlace {}

  /** For people. */
  default String words() {
    return switch (this) {
      case Keyring _ -> "keyring";
      case OwnFile _ -> "file";
      case Printed _ -> "command";
      case Given given -> given.where();
    };
  }
}
