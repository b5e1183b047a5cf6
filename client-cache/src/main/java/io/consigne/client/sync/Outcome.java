package io.consigne.client.sync;

import io.consigne.client.model.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a plan.
 *
 * @param done steps, in the order in which they ended
 * @param failed those that could not be done
 * @param ended why the others were not tried; null if all were
 */
public record Outcome(List<Step> done, List<Failed> failed, @Nullable Ended ended) {
  /** Copies. */
  public Outcome {
    done = List.copyOf(done);
    failed = List.copyOf(failed);
  }

  /**
   * All steps were tried.
   *
   * @param done steps, in the order in which they ended
   * @param failed the others
   */
  public Outcome(List<Step> done, List<Failed> failed) {
    this(done, failed, null);
  }

  /**
   * A run that the host has ended by a refusal.
   *
   * @param why what the host said
   * @param notTried how many steps are left
   */
  public record Ended(Refusal why, int notTried) {}

  /**
   * A step that could not be done.
   *
   * @param step of the plan
   * @param reason in a sentence
   */
  public record Failed(Step step, String reason) {}
}
