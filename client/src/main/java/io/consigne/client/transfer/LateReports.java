package io.consigne.client.transfer;

import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.policy.Policy;
import io.consigne.client.wire.TransferCalls.UploadPlace;
import io.consigne.client.wire.UploadReport;
import java.io.IOException;
import java.util.Optional;

/** Asks what became of uploads; a report may come late. */
final class LateReports {
  private final Host host;

  LateReports(Host host) {
    this.host = host;
  }

  /**
   * The report, once it names files; empty if none comes.
   *
   * @param looks how often it is asked for, with growing pauses
   * @throws RefusedException if the host refuses to tell
   */
  Optional<UploadReport> of(UploadPlace place, int looks) throws IOException {
    for (int i = 1; i <= looks; i++) {
      try {
        UploadReport report = host.policy().once(() -> host.wire().report(place));
        if (!report.kept().isEmpty() || !report.refused().isEmpty()) {
          return Optional.of(report);
        }
      } catch (RefusedException e) {
        if (!e.refusal().isTransient() && !(e.refusal() instanceof Refusal.NotFound)) {
          throw e;
        }
      } catch (IOException e) {
        if (!Policy.isBroken(e)) {
          throw e;
        }
      }
      if (i < looks) {
        host.policy().pause("waiting for the report of an upload", i);
      }
    }
    return Optional.empty();
  }
}
