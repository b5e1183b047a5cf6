package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;

/** Paths where a link would make no sense. */
final class Places {
  private Places() {}

  /** Reads a path of an account. */
  static Address.InAccount inAccount(String text) {
    if (Address.parse(text) instanceof Address.InAccount place) {
      return place;
    }
    throw new Problem(Exit.USAGE, "a path such as /folder/file is needed here, not " + text);
  }
}
