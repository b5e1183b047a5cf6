package io.consigne.core.jobs;

/** What the owner of a job is told of why a try of it failed. */
public final class Reasons {
  /** Nobody foresaw it; the log says more. */
  public static final String OWN_ERROR = "This host met an error of its own";

  private Reasons() {}
}
