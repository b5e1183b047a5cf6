package io.consigne.server.commands;

import io.consigne.server.admin.AccountRequest.Quotas;
import io.consigne.server.admin.AccountRequest.Wished;
import io.consigne.server.config.HostOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much an account may have, as the operator says it. */
final class AccountQuotas {
  private static final String OF_PLAN = "plan";

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
   * What was said.
   *
   * @throws ParameterException if a number is none
   */
  Quotas wanted() {
    return new Quotas(
        wanted(quota, given -> HostOptions.sizeOrPlan(spec, "--quota", given)),
        wanted(files, given -> HostOptions.numberOrPlan(spec, "--files", given)));
  }

  private static @Nullable Wished wanted(@Nullable String given, Parsing parsing) {
    if (given == null) {
      return null;
    }
    return new Wished(given.equalsIgnoreCase(OF_PLAN) ? null : parsing.number(given));
  }

  /** Reads a number. */
  @FunctionalInterface
  private interface Parsing {
    long number(String text);
  }
}
