package io.consigne.cli.remote;

import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Talk;
import io.consigne.client.Client;
import io.consigne.client.split.Pieces;
import io.consigne.client.transfer.UploadSource;
import io.consigne.client.transfer.Uploads;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** Uploads that 1fichier.com may break off each time they are tried. */
public final class LongUploads {
  /** After how long it does. */
  private static final Duration LAST = Duration.ofHours(4);

  private LongUploads() {}

  /** A file that is to be sent, by the name that people are shown. */
  public record Sent(String shown, UploadSource source) {
    private long sizeBytes() {
      return source.sizeBytes();
    }
  }

  /**
   * Says so before anything is sent, of the largest that is; nothing at a Consigne host.
   *
   * @param inParts what would store it in parts
   */
  public static void note(Talk talk, Client client, Stream<Sent> files, String inParts)
      throws IOException {
    if (client.capabilities().consigne()) {
      return;
    }
    Uploads uploads = client.uploads();
    files
        .filter(file -> file.sizeBytes() > Pieces.USUAL_BYTES)
        .filter(file -> uploads.refusal(file.source()).isEmpty())
        .max(Comparator.comparingLong(Sent::sizeBytes))
        .ifPresent(file ->
            talk.note(
                "%s: an upload may take %d hours there, for which %s need %d Mbit/s; %s"
                    .formatted(
                        file.shown(),
                        LAST.toHours(),
                        Amount.bytes(file.sizeBytes()),
                        Math.ceilDiv(file.sizeBytes() * 8, LAST.toSeconds() * 1_000_000),
                        inParts + " stores it in parts")));
  }
}
