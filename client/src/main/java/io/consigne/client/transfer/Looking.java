package io.consigne.client.transfer;

import io.consigne.client.model.FolderId;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.policy.LongFolder;
import io.consigne.client.wire.FileCalls;
import io.consigne.client.wire.FolderCalls;
import io.consigne.client.wire.TransferCalls.UploadPlace;
import io.consigne.client.wire.UploadReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds out what became of the files of a request, by its report and by what its folder lists. */
final class Looking {
  private final Host host;
  private final FolderId folder;
  private final Matching matching;

  Looking(Host host, FolderId folder, Matching matching) {
    this.host = host;
    this.folder = folder;
    this.matching = matching;
  }

  /** The host has said that it has the body. */
  void afterTaken(UploadPlace place) throws IOException {
    look(place, TransferLimits.REPORT_LOOKS);
  }

  /** Nobody knows. A Consigne host takes an id once: there it does no harm to send it again. */
  void afterDoubt(UploadPlace place) throws IOException {
    if (host.capabilities().consigne()) {
      ask(place, TransferLimits.DOUBTFUL_LOOKS);
    } else {
      look(place, TransferLimits.DOUBTFUL_LOOKS);
    }
  }

  /**
   * Asks for the report, then looks into the folder and asks again, until all is known or the host
   * has had the time that it may take.
   */
  private void look(UploadPlace place, int asks) throws IOException {
    Instant late = host.timing().now().plus(lateness());
    ask(place, asks);
    for (int looks = 1; !matching.open().isEmpty(); looks++) {
      boolean enough = looks >= TransferLimits.FOLDER_LOOKS;
      matching.take(inFolder(), enough);
      if (matching.open().isEmpty() || (enough && !host.timing().now().isBefore(late))) {
        return;
      }
      host.policy().pause("looking for what was uploaded", 4 + looks);
      ask(place, 1);
    }
  }

  private void ask(UploadPlace place, int looks) throws IOException {
    Optional<UploadReport> report = new LateReports(host).of(place, looks);
    if (report.isPresent()) {
      matching.take(report.get());
    }
  }

  /** How long after the last byte the host may neither list nor report what it has got. */
  private Duration lateness() {
    if (host.capabilities().consigne()) {
      return Duration.ZERO;
    }
    long bytes = matching.open().stream().mapToLong(file -> file.source().sizeBytes()).sum();
    return TransferLimits.lateness(bytes);
  }

  /** All files of the folder: of some of them it is not known that the others are not there. */
  private List<RemoteFile> inFolder() throws IOException {
    List<RemoteFile> told = host.policy().run(FileCalls.list(folder, null, null));
    if (host.capabilities().fullListing() || told.size() < FolderCalls.LONGEST_LISTING) {
      return told;
    }
    LongFolder.Files all = LongFolder.complete(host.policy(), folder, told);
    if (!all.isWhole()) {
      throw new IOException(
          "the host does not list all files of the folder: whether it has what was sent is not"
              + " known");
    }
    return all.files();
  }
}
