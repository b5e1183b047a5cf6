package io.consigne.server.commands;

import io.consigne.core.upkeep.BackupReport;
import io.consigne.core.upkeep.Damage;
import tools.jackson.databind.JsonNode;

/**
 * What a backup or a restore says.
 *
 * @param done begins the sentence about what was done
 */
record CopyWords(String done) implements UpkeepTool.Wording {
  @Override
  public String finding(JsonNode finding) {
    return DamageText.of(UpkeepTool.read(finding, Damage.class));
  }

  @Override
  public UpkeepTool.Outcome report(JsonNode told) {
    BackupReport report = UpkeepTool.read(told, BackupReport.class);
    var text = new StringBuilder(done);
    text.append(": ").append(Amount.bytes(report.bytes())).append(" in ");
    text.append(Amount.count(report.storeFiles(), "store file"));
    text.append("; copied now: ").append(Amount.bytes(report.copiedBytes())).append(" in ");
    text.append(Amount.count(report.copiedFiles()));
    if (report.removedFiles() > 0) {
      text.append("; no longer needed: ").append(Amount.count(report.removedFiles()));
    }
    if (report.lost() > 0) {
      text.append('\n').append(Amount.count(report.lost(), "segment"));
      text.append(" damaged and not copied: the files above cannot be served");
    }
    return new UpkeepTool.Outcome(
        report.lost() == 0 ? UpkeepTool.WELL : UpkeepTool.FAULTS, text.toString());
  }
}
