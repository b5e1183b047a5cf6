package io.consigne.client.transfer;

import io.consigne.client.model.Capabilities;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Sends files.
 *
 * {@snippet file="io/consigne/client/ExamplesTest.java" region=uploads}
 */
public final class Uploads {
  private final Host host;
  private final TransferLimits limits;
  private final Turns turns;

  /**
   * Sends to {@code host}.
   *
   * @param host what is asked
   * @param limits sizes and numbers
   * @param turns one for each request that may run at once, in all uploads that share them
   */
  public Uploads(Host host, TransferLimits limits, Turns turns) {
    this.host = host;
    this.limits = limits;
    this.turns = turns;
  }

  /**
   * Sends files into a folder, small ones together, and returns when it is known of each what
   * became of it, in order. Files of the same name that are there stay.
   *
   * @param folder where they go
   * @param sources any number, of any size
   * @param progress told of each step
   * @return a result for each source, in their order
   * @throws IOException if the host cannot be reached or refuses everything; files of which {@link
   *     TransferEvent.Ended} was told are there
   */
  public List<UploadResult> send(FolderId folder, List<UploadSource> sources, Progress progress)
      throws IOException {
    return send(folder, sources, Set.of(), progress);
  }

  /**
   * The same, where some files of the folder are known: none of them is ever taken for one that is
   * sent. To be told of all files that are removed when their successors are there.
   *
   * @param folder where they go
   * @param sources any number, of any size
   * @param others files that are in the folder
   * @param progress told of each step
   * @return a result for each source, in their order
   * @throws IOException if the host cannot be reached or refuses everything
   */
  public List<UploadResult> send(
      FolderId folder, List<UploadSource> sources, Set<FileLink> others, Progress progress)
      throws IOException {
    var results = new IdentityHashMap<UploadSource, UploadResult>();
    var sent = new ArrayList<UploadSource>();
    for (UploadSource source : sources) {
      Optional<Refusal> refusal = refusal(source);
      if (refusal.isPresent()) {
        results.put(source, new UploadResult.NotStored(source, refusal.get()));
      } else {
        sent.add(source);
      }
    }
    List<Callable<Map<SentFile, UploadResult>>> batches =
        Batches.of(sent, limits).stream()
            .<Callable<Map<SentFile, UploadResult>>>map(batch ->
                () -> {
                  var matching = Matching.of(batch, others, progress);
                  return sendBatch(new BatchUpload(host, folder, matching));
                })
            .toList();
    for (Map<SentFile, UploadResult> batch : Together.run(batches, limits.parallel())) {
      batch.values().forEach(result -> results.put(result.source(), result));
    }
    return sources.stream().map(results::get).toList();
  }

  /** {@return {@link TransferLimits#foldersAtOnce}} */
  public int foldersAtOnce() {
    return limits.foldersAtOnce();
  }

  private Map<SentFile, UploadResult> sendBatch(BatchUpload upload) throws IOException {
    try (var _ = turns.take()) {
      Map<SentFile, UploadResult> results = upload.run().results();
      results.forEach((file, result) -> file.end(result instanceof UploadResult.Stored));
      return results;
    }
  }

  /**
   * {@return why a file is not even sent, as the host is known not to store such a file; empty if
   * it is sent}
   *
   * @param source the file
   */
  public Optional<Refusal> refusal(UploadSource source) {
    Capabilities offered = host.capabilities();
    boolean tooLarge = !offered.consigne() && source.sizeBytes() > limits.largestFileBytes();
    boolean taken = !tooLarge && (source.sizeBytes() > 0 || offered.emptyFiles());
    return taken ? Optional.empty() : Optional.of(why(source));
  }

  private Refusal why(UploadSource source) {
    return source.sizeBytes() == 0
        ? new Refusal.Invalid(new Said(0, "this host does not store empty files: " + source.name()))
        : new Refusal.TooLarge(
            new Said(
                0,
                "%s has %d bytes; this host stores files of at most %d bytes"
                    .formatted(source.name(), source.sizeBytes(), limits.largestFileBytes())));
  }
}
