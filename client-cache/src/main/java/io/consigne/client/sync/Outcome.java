package io.consigne.client.sync;

import java.util.List;

/**
 * What became of a plan.
 *
 * @param done steps, in the order in which they ended
 * @param failed the others
 */
public record Outcome(List<Step> done, List<Failed> failed) {
  /** Copies. */
  public Outcome {
    done = List.copyOf(done);
    failed = List.copyOf(failed);
  }

  /**
   * A step that could not be done.
   *
   * @param step of the plan
   * @param reason in a sentence
   */
  public record Failed(Step step, String reason) {}
}
