package io.consigne.client.wire;

import io.consigne.client.model.Checksums;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import java.time.Duration;
import java.util.List;

/**
 * What became of an upload.
 *
 * @param kept the files that are there now
 * @param refused those that a Consigne host did not keep
 */
public record UploadReport(List<Kept> kept, List<NotKept> refused) {
  /** Copies. */
  public UploadReport {
    kept = List.copyOf(kept);
    refused = List.copyOf(refused);
  }

  static UploadReport of(JsonObject answer) {
    return new UploadReport(
        answer.objects("links").stream()
            .filter(link -> link.filled("download") != null)
            .map(UploadReport::kept)
            .toList(),
        answer.objects("refused").stream().map(UploadReport::notKept).toList());
  }

  private static Kept kept(JsonObject link) {
    return new Kept(
        new FileLink(link.textOrEmpty("download")),
        link.textOrEmpty("filename"),
        link.number("size"),
        new Checksums(Items.hex(link.filled("whirlpool")), Items.hex(link.filled("sha256"))));
  }

  private static NotKept notKept(JsonObject file) {
    return new NotKept(
        file.textOrEmpty("filename"),
        file.number("size"),
        Refusals.of(new Said(200, file.textOrEmpty("message")), Duration.ZERO));
  }

  /** A file that is there now. */
  public record Kept(FileLink link, String name, long sizeBytes, Checksums checksums) {}

  /** A file that was not kept, and why. */
  public record NotKept(String name, long sizeBytes, Refusal refusal) {}
}
