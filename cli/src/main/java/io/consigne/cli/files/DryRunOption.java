package io.consigne.cli.files;

import picocli.CommandLine.Option;

/** Whether a command only tells what it would do. */
final class DryRunOption {
  @Option(
      names = {"-n", "--dry-run"},
      description = "Tell what would be done, and do nothing.")
  boolean on;
}
