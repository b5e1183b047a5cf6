package io.consigne.fuzz;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A reader of hostile bytes, with a promise that must hold whatever they are.
 *
 * <p>A subclass has one {@code @FuzzTest} method {@code fuzz} that calls {@link #check}: an
 * ordinary build runs it on the kept inputs, and {@code proof/fuzz} lets Jazzer look for others.
 * Kept inputs are the files of the resource folder {@code <class>Inputs/fuzz}. The ordinary build
 * also tries some mutants of them, the same ones each time.
 */
public abstract class FuzzTarget {
  private static final int MUTANTS = 500;
  private static final int SEED = 1;

  /** Tries the promise; throws if it is broken. */
  protected abstract void check(byte[] input) throws Exception;

  @Test
  final void mutants_ofTheKeptInputs_breakNothing() throws Exception {
    var mutants = new Mutants(KeptInputs.of(getClass()), new Random(SEED));
    for (int i = 0; i < MUTANTS; i++) {
      byte[] mutant = mutants.next();
      try {
        check(mutant);
      } catch (Exception | AssertionError e) {
        throw new AssertionError("mutant " + i + " breaks it: " + Mutants.shown(mutant), e);
      }
    }
  }
}
