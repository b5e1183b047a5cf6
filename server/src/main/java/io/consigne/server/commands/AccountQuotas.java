package io.consigne.server.commands;

import io.consigne.core.accounts.Plan;
import io.consigne.server.admin.AccountOrder;
import io.consigne.server.config.HostOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much an account may have, as the operator says it. */
final class AccountQuotas {
  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Option(
      names = "--quota",
      paramLabel = "SIZE",
      description =
          "How many bytes its files may have together, such as 500G or 2T (K, M, G, T and P are"
              + " powers of 1024), or plan for what its plan gives.")
  @Nullable String quota;

  @Option(
      names = "--files",
      paramLabel = "N",
      description = "How many files and folders it may have, or plan for what every plan gives.")
  @Nullable String files;

  /** Whether nothing was said. */
  boolean isEmpty() {
    return quota == null && files == null;
  }

  /**
   * What was said, for a new account of that plan, or for one that is there.
   *
   * @throws ParameterException if a number is none
   */
  AccountOrder order(@Nullable Plan plan) {
    return new AccountOrder(
        plan,
        text(quota, given -> HostOptions.size(spec, "--quota", given)),
        text(files, given -> HostOptions.number(spec, "--files", given)));
  }

  private static String text(@Nullable String given, Parsing parsing) {
    if (given == null) {
      return "";
    }
    return given.equalsIgnoreCase(AccountOrder.OF_PLAN)
        ? AccountOrder.OF_PLAN
        : Long.toString(parsing.number(given));
  }

  /** Reads a number. */
  @FunctionalInterface
  private interface Parsing {
    long number(String text);
  }
}
