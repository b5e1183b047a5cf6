package io.consigne.cli.remote;

import picocli.CommandLine.Option;

/** Whether a command only tells what it would do. */
public final class DryRunOption {
  @Option(
      names = {"-n", "--dry-run"},
      description = "Tell what would be done, and do nothing.")
  private boolean on;

  /** Whether it is so. */
  public boolean isOn() {
    return on;
  }
}
