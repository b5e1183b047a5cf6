package io.consigne.server.commands;

import io.consigne.core.upkeep.Damage;
import io.consigne.core.upkeep.VerifyReport;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * What the reading of a whole backup says.
 *
 * @param backup its directory
 */
record VerifyWords(Path backup) implements UpkeepTool.Wording {
  @Override
  public String finding(JsonNode finding) {
    return DamageText.of(UpkeepTool.read(finding, Damage.class));
  }

  @Override
  public UpkeepTool.Outcome report(JsonNode told) {
    VerifyReport report = UpkeepTool.read(told, VerifyReport.class);
    var text = new StringBuilder();
    report.faults().forEach(fault -> text.append("Wrong: ").append(fault).append('\n'));
    text.append("The backup in ").append(backup).append(", begun ").append(report.made());
    text.append(", was read: ").append(Amount.bytes(report.bytes())).append(" in ");
    text.append(Amount.count(report.segments(), "segment")).append(" of ");
    text.append(Amount.count(report.storeFiles(), "store file")).append("; ");
    text.append(report.whole() ? "all of it is whole" : wrong(report));
    return new UpkeepTool.Outcome(
        report.whole() ? UpkeepTool.WELL : UpkeepTool.FAULTS, text.toString());
  }

  private static String wrong(VerifyReport report) {
    String contents =
        "%s damaged or missing, %s could not be checked"
            .formatted(Amount.count(report.damaged(), "segment"), Amount.count(report.unread()));
    return report.faults().isEmpty()
        ? contents
        : contents + ", and " + Amount.count(report.faults().size(), "fault") + " beside them";
  }
}
