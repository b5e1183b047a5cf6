package io.consigne.server.commands;

import io.consigne.core.upkeep.Fault;
import io.consigne.core.upkeep.FsckReport;
import io.consigne.server.admin.UpkeepRequest;
import java.io.IOException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code consigne fsck}: compares database and store. */
@Command(
    name = "fsck",
    description = "Compare the database with itself and with the store, and repair it.",
    mixinStandardHelpOptions = true)
public final class FsckCommand extends UpkeepTool {
  @ArgGroup Mode mode = new Mode();

  /** What is done about faults. */
  static final class Mode {
    @Option(names = "--dry-run", description = "Change nothing. This is the default.")
    boolean dryRun;

    @Option(names = "--repair", description = "Repair what can be repaired.")
    boolean repair;
  }

  @Override
  public Integer call() throws IOException {
    return run(new UpkeepRequest.Fsck(mode.repair), new Words(mode.repair));
  }

  private record Words(boolean repair) implements Wording {
    @Override
    public String finding(JsonNode finding) {
      return "";
    }

    @Override
    public Outcome report(JsonNode told) {
      FsckReport report = read(told, FsckReport.class);
      var text = new StringBuilder();
      report.groups().forEach(group -> text.append(group(group)));
      text.append(
          "%s, %s and %s were looked at: "
              .formatted(
                  Amount.count(report.accounts(), "account"),
                  Amount.count(report.files(), "file"),
                  Amount.count(report.storeFiles(), "store file")));
      text.append(end(report));
      return new Outcome(report.left() == 0 ? WELL : FAULTS, text.toString());
    }

    private String end(FsckReport report) {
      if (report.groups().isEmpty()) {
        return "all is well";
      }
      long repairable = report.groups().stream().mapToLong(FsckReport.Group::repairable).sum();
      String left = Amount.count(report.left(), "fault");
      boolean damaged =
          report.groups().stream().anyMatch(group -> group.kind() == Fault.Kind.DATABASE);
      if (damaged) {
        return left
            + "; while the database file is damaged nothing is repaired: restore the backup";
      }
      if (!repair) {
        return left + ", of which --repair can repair " + Amount.count(repairable);
      }
      return report.left() == 0 ? "all faults are repaired" : left + " could not be repaired";
    }

    private static String group(FsckReport.Group group) {
      var text = new StringBuilder(group.kind().title());
      text.append(": ").append(Amount.count(group.found()));
      if (group.repaired() > 0) {
        text.append(", of which repaired: ").append(Amount.count(group.repaired()));
      }
      text.append('\n');
      group.samples().forEach(fault -> text.append(DamageText.of(fault)).append('\n'));
      if (group.found() > group.samples().size()) {
        text.append("  and ")
            .append(Amount.count(group.found() - group.samples().size()))
            .append(" more (--json shows all)\n");
      }
      return text.toString();
    }
  }
}
