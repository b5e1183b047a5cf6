package io.consigne.server.commands;

import io.consigne.core.upkeep.Damage;
import io.consigne.core.upkeep.ScrubReport;
import io.consigne.server.admin.UpkeepRequest;
import io.consigne.server.config.HostOptions;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code consigne scrub}: reads all that is stored. */
@Command(
    name = "scrub",
    description = "Read all that is stored, and tell which files are damaged.",
    mixinStandardHelpOptions = true)
public final class ScrubCommand extends UpkeepTool {
  @Option(
      names = "--rate",
      paramLabel = "RATE",
      defaultValue = "100M",
      description = "How many bytes a second to read at most. Default: ${DEFAULT-VALUE}")
  String rate;

  @Option(
      names = "--anew",
      description = "Begin with the first byte, not where the last pass was interrupted.")
  boolean anew;

  @Option(names = "--status", description = "Read nothing: tell what is known.")
  boolean status;

  @Override
  public Integer call() throws IOException {
    long bytesPerSecond = HostOptions.rate(spec, "--rate", rate);
    return run(
        status ? new UpkeepRequest.ScrubStatus() : new UpkeepRequest.Scrub(bytesPerSecond, anew),
        new Words());
  }

  private static final class Words implements Wording {
    @Override
    public String finding(JsonNode finding) {
      return DamageText.of(read(finding, Damage.class));
    }

    @Override
    public Outcome report(JsonNode told) {
      ScrubReport report = read(told, ScrubReport.class);
      String damage =
          report.damaged() == 0
              ? "No damage is known"
              : Amount.count(report.damaged(), "segment") + " damaged";
      String unread =
          report.unread() == 0
              ? ""
              : "\n" + Amount.count(report.unread(), "segment") + " could not be checked";
      return new Outcome(
          report.damaged() + report.unread() == 0 ? WELL : FAULTS,
          pass(report) + "\n" + damage + unread);
    }

    private static String pass(ScrubReport report) {
      if (report.began().equals(Instant.EPOCH)) {
        return "Nothing was read again yet";
      }
      String read =
          Amount.bytes(report.bytes())
              + " in "
              + Amount.count(report.segments(), "segment")
              + " read since "
              + report.began().truncatedTo(ChronoUnit.SECONDS);
      return report.complete()
          ? read + ", which is all"
          : read + ", of " + Amount.bytes(report.totalBytes());
    }
  }
}
