package io.consigne.core.upkeep;

/**
 * Hears of a task while it runs, on its thread and often. What a watcher throws ends the task as it
 * would end at a crash: what was done stays, the next run goes on.
 */
public interface Watcher<F> {
  /** The task went on. */
  void progress(Progress progress);

  /** The task found something. */
  void found(F finding);
}
