package io.consigne.client.transfer;

import io.consigne.client.model.Capabilities;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import io.consigne.client.model.RefusedException;
import io.consigne.client.wire.TransferCalls.UploadPlace;
import io.consigne.client.wire.UploadReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Sends files.
 *
 * {@snippet file="io/consigne/client/ExamplesTest.java" region=uploads}
 */
public final class Uploads {
  private final Host host;
  private final TransferLimits limits;
  private final Turns turns;
  private final @Nullable Breaker shared;
  private final UploadJournal journal;

  /**
   * Sends to {@code host}.
   *
   * @param host what is asked
   * @param limits sizes and numbers
   * @param turns one for each request that may run at once, in all uploads that share them
   */
  public Uploads(Host host, TransferLimits limits, Turns turns) {
    this(host, limits, turns, null, UploadJournal.NONE);
  }

  private Uploads(
      Host host,
      TransferLimits limits,
      Turns turns,
      @Nullable Breaker shared,
      UploadJournal journal) {
    this.host = host;
    this.limits = limits;
    this.turns = turns;
    this.shared = shared;
    this.journal = journal;
  }

  /**
   * {@return uploads that are a part of a run} Otherwise each {@link #send} is a run of its own.
   *
   * @param breaker of the run
   */
  public Uploads until(Breaker breaker) {
    return new Uploads(host, limits, turns, breaker, journal);
  }

  /**
   * {@return uploads that are kept until it is known what became of them}
   *
   * @param open keeps them
   */
  public Uploads in(UploadJournal open) {
    return new Uploads(host, limits, turns, shared, open);
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
      } else if (journal.isInDoubt(folder, source)) {
        results.put(source, Matching.inDoubt(source));
      } else {
        sent.add(source);
      }
    }
    Breaker breaker = shared == null ? new Breaker() : shared;
    List<Callable<Map<SentFile, UploadResult>>> batches =
        Batches.of(sent, limits).stream()
            .<Callable<Map<SentFile, UploadResult>>>map(batch ->
                () -> {
                  var matching = Matching.of(batch, others, progress, host.capabilities());
                  return sendBatch(folder, matching, breaker);
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

  private Map<SentFile, UploadResult> sendBatch(FolderId folder, Matching matching, Breaker breaker)
      throws IOException {
    try (var _ = turns.take()) {
      Optional<Refusal> ended = breaker.ended();
      if (ended.isPresent()) {
        return matching.notTried(ended.get());
      }
      Map<SentFile, UploadResult> results = run(folder, matching, breaker);
      if (breaker.isEnded() && results.values().stream().allMatch(Uploads::isNotTried)) {
        return results;
      }
      results.forEach(SentFile::end);
      tell(breaker, results.values());
      return results;
    }
  }

  /** Who shares a breaker asks it what has ended the run, and counts what was not tried. */
  private Map<SentFile, UploadResult> run(FolderId folder, Matching matching, Breaker breaker)
      throws IOException {
    var batch = new BatchUpload(host, folder, matching, journal);
    try {
      Map<SentFile, UploadResult> results = batch.run().results();
      journal.end(batch.opened(), List.copyOf(results.values()));
      return results;
    } catch (RefusedException e) {
      breaker.saw(e.refusal());
      if (shared == null || !breaker.isEnded()) {
        tellStored(matching);
        throw e;
      }
      return matching.notTried(e.refusal());
    } catch (IOException e) {
      tellStored(matching);
      throw e;
    }
  }

  /** Of a request that went out in pieces some may be there when the next one fails. */
  private static void tellStored(Matching matching) {
    matching
        .results()
        .forEach((file, result) -> {
          if (result instanceof UploadResult.Stored) {
            file.end(result);
          }
        });
  }

  private static boolean isNotTried(UploadResult result) {
    return result instanceof UploadResult.NotTried;
  }

  /** A request counts once: one that stores something is a success. */
  private static void tell(Breaker breaker, Collection<UploadResult> results) {
    if (results.stream().anyMatch(UploadResult.Stored.class::isInstance)) {
      breaker.succeeded();
      return;
    }
    for (UploadResult result : results) {
      if (result instanceof UploadResult.NotStored not) {
        breaker.saw(not.refusal());
        return;
      }
    }
  }

  /**
   * Asks what became of an upload that is open, though nobody waits for it any more.
   *
   * @param upload of a process that has died, or has given up
   * @param recent whether its report may still come: it is asked for with growing pauses then, else
   *     once
   * @return what the host tells of its files; none if it tells nothing of the upload
   * @throws RefusedException if the host refuses the key
   * @throws IOException if this thread is interrupted, or the host is not trusted
   */
  public List<UploadResult> settle(OpenUpload upload, boolean recent) throws IOException {
    var place = new UploadPlace(upload.host(), upload.id());
    Matching matching = Matching.of(upload);
    try {
      Optional<UploadReport> report =
          new LateReports(host).of(place, recent ? TransferLimits.DOUBTFUL_LOOKS : 1);
      if (report.isPresent()) {
        matching.take(report.get());
      }
    } catch (RefusedException e) {
      if (e.refusal() instanceof Refusal.NotAuthenticated) {
        throw e;
      }
    }
    return List.copyOf(matching.results().values());
  }

  /**
   * {@return why a file is not even sent, as the host is known not to store such a file; empty if
   * it is sent}
   *
   * @param source the file
   */
  public Optional<Refusal> refusal(UploadSource source) {
    Optional<Refusal> never = Unsendable.refusal(source);
    if (never.isPresent()) {
      return never;
    }
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
