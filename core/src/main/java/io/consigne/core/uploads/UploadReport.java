package io.consigne.core.uploads;

import io.consigne.core.failure.Failure;
import java.util.List;

/**
 * What became of the files of an upload.
 *
 * @param id the upload
 * @param incoming whether the files went into the folder {@code incoming} of a recipient
 * @param files in the order in which they came; a file that was removed since is left out
 */
public record UploadReport(UploadId id, boolean incoming, List<UploadedFile> files) {
  /** Copies the files. */
  public UploadReport {
    files = List.copyOf(files);
  }

  /** The files that were kept. */
  public List<UploadedFile.Kept> kept() {
    return files.stream()
        .filter(UploadedFile.Kept.class::isInstance)
        .map(UploadedFile.Kept.class::cast)
        .toList();
  }

  /** The files that were refused. */
  public List<UploadedFile.Refused> refused() {
    return files.stream()
        .filter(UploadedFile.Refused.class::isInstance)
        .map(UploadedFile.Refused.class::cast)
        .toList();
  }

  /**
   * This report, if at least one file was kept.
   *
   * @throws io.consigne.core.failure.FailureException why the first file was refused
   */
  public UploadReport requireKept() {
    if (kept().isEmpty()) {
      throw refused().stream()
          .flatMap(refused -> refused.failure().stream())
          .findFirst()
          .orElseGet(Failure.NotFound::new)
          .asException();
    }
    return this;
  }
}
