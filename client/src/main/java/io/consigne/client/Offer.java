package io.consigne.client;

import io.consigne.client.model.Capabilities;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import java.io.IOException;
import java.util.function.Predicate;

/** What the host offers, which is asked if it matters. */
@FunctionalInterface
interface Offer {
  /** Asks. */
  Capabilities get() throws IOException;

  /**
   * Refuses in the place of a host that does not offer something: 1fichier.com counts calls that it
   * does not know as failures, and what they carry is not for it.
   *
   * @param sentence what the host does not do
   */
  default void require(Predicate<Capabilities> feature, String sentence) throws IOException {
    if (!feature.test(get())) {
      throw new RefusedException(new Refusal.NotOffered(new Refusal.Said(0, sentence)));
    }
  }
}
