package io.consigne.core.remote;

import io.consigne.core.accounts.Right;
import io.consigne.core.db.Sql;
import io.consigne.core.failure.FailureException;
import io.consigne.core.ids.Caller;
import io.consigne.core.ids.LinkId;
import io.consigne.core.links.Links;
import io.consigne.core.links.Visitor;
import io.consigne.core.remote.source.Fetched;
import io.consigne.core.remote.source.SourceException;
import io.consigne.core.remote.source.SourceHeaders;
import io.consigne.core.remote.source.SourceRequest;
import io.consigne.core.remote.source.SourceUrl;
import io.consigne.core.tree.CopySource;
import io.consigne.core.tree.FileRef;
import io.consigne.core.tree.FolderRef;
import io.consigne.core.tree.Placement;
import io.consigne.core.tree.StoredFile;
import io.consigne.core.uploads.Alongside;
import io.consigne.core.uploads.Sender;
import io.consigne.core.uploads.UploadForm;
import io.consigne.core.uploads.UploadReport;
import io.consigne.core.uploads.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try of a fetch: makes a file of it, or says in an exception why not. Used by one thread. */
final class FetchRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FetchRun.class);

  private final FetchStores stores;
  private final FetchQueue queue;
  private final RemoteLimits.Receiving limits;
  private final Turns turns;
  private final Claim claim;
  private final FetchProgress progress;
  private final UploadForm form;
  private final FetchQuota quota;
  private @Nullable Arriving arriving;
  private long begun;
  private boolean parked;
  private long checkpointNanos;

  /** How much had come when a checkpoint was last tried, made or not. */
  private long checkpointedBytes;

  FetchRun(
      FetchStores stores, FetchQueue queue, Bounds bounds, Claim claim, FetchProgress progress) {
    this.stores = stores;
    this.queue = queue;
    this.limits = bounds.limits();
    this.turns = bounds.turns();
    this.claim = claim;
    this.progress = progress;
    this.form = new UploadForm(claim.folder(), 0, null, null);
    this.quota = new FetchQuota(stores, queue, claim, form, limits.reserveStepBytes());
  }

  /** Whether this try brought anything that the next one can go on with. */
  boolean brought() {
    return arriving != null
        && arriving.validator() != null
        && arriving.bytes() - begun >= limits.worthBytes();
  }

  /**
   * Copies a file of this host.
   *
   * @throws FailureException {@code NotFound}, {@code NotAllowed}, {@code QuotaExceeded}, …
   */
  void copy(LinkId link) {
    Caller caller = Objects.requireNonNull(claim.access().callerOrNull());
    var visitor = new Visitor(claim.access(), caller.address(), null);
    Links.Opened opened = stores.links().open(FileRef.of(link), visitor);
    stores
        .database()
        .change(sql -> {
          queue.settle(sql, claim);
          queue.requireStanding(sql, claim);
          StoredFile copy = copy(sql, opened.source());
          queue.done(
              sql, claim, new Transitions.Made(copy.name().value(), copy.link(), copy.size()));
        });
  }

  private StoredFile copy(Sql sql, CopySource file) {
    Placement to = stores.uploads().placementOrRoot(sql, claim.access(), claim.folder());
    return stores
        .files()
        .copy(sql, claim.access(), List.of(file), FolderRef.of(to.folder()), null)
        .getFirst();
  }

  /**
   * Fetches a file. A connection that breaks after it brought something is made up for at once.
   *
   * @throws SourceException what the source did
   * @throws IOException if a connection broke
   * @throws FailureException what this host refused
   */
  void fetch(SourceUrl url, SourceHeaders headers) throws IOException {
    Sender sender = Sender.identified(claim.access());
    sender.access().require(Right.WRITE);
    stores
        .database()
        .read(sql -> {
          queue.requireStanding(sql, claim);
          return null;
        });
    stores.meter().begin(claim.access());
    resume(sender);
    while (!receives(sender, url, headers)) {
      stores.meter().begin(claim.access());
    }
    progress.complete();
    commit();
    stores.meter().done(claim.access(), bytes());
  }

  /**
   * Whether all of the file came. It is not all, and it goes on at once, if the connection broke
   * after it brought something that the next one can go on with; a source that has to begin anew
   * each time is given time between.
   */
  private boolean receives(Sender sender, SourceUrl url, SourceHeaders headers) throws IOException {
    Arriving before = arriving;
    long there = bytes();
    try {
      receive(sender, url, headers);
      return true;
    } catch (SourceException e) {
      boolean wentOn = before == null || before == arriving;
      boolean goesOn = arriving != null && arriving.validator() != null;
      if (!e.again() || !wentOn || !goesOn || bytes() - there < limits.worthBytes()) {
        throw e;
      }
      return false;
    }
  }

  /** Takes up what came in an earlier try or run. */
  private void resume(Sender sender) {
    Claim.Partial partial = claim.partialOrNull();
    if (partial != null) {
      arriving = Arriving.resumed(stores.uploads(), sender, partial).orElse(null);
      if (arriving == null) {
        queue.forgetPartial(claim);
      }
      begun = bytes();
      checkpointedBytes = begun;
    }
  }

  private long bytes() {
    return arriving == null ? 0 : arriving.bytes();
  }

  private void receive(Sender sender, SourceUrl url, SourceHeaders headers) throws IOException {
    SourceRequest.Part part = arriving == null ? null : arriving.part().orElse(null);
    try (Fetched fetched = stores.sources().open(request(url, headers, part))) {
      Arriving file = arriving(sender, fetched);
      file.expect(fetched.length());
      progress.at(file.bytes(), fetched.length(), file.name().value());
      progress.resumes(file.isKept());
      quota.expect(fetched.length(), file.bytes());
      receive(file, fetched);
    }
  }

  private SourceRequest request(
      SourceUrl url, SourceHeaders headers, SourceRequest.@Nullable Part part) {
    long most = claim.access().plan().largestFileBytes();
    return new SourceRequest(url, headers, part, most, claim.access().account());
  }

  /** What goes on, if the source goes on with the same; else a new beginning. */
  private Arriving arriving(Sender sender, Fetched fetched) {
    Arriving file = arriving;
    if (file != null && fetched.offset() == file.bytes() && fetched.offset() > 0) {
      return file;
    }
    if (fetched.offset() != 0) {
      throw new IllegalStateException("a source began at " + fetched.offset());
    }
    if (file != null) {
      arriving = null;
      file.close();
      queue.forgetPartial(claim);
    }
    Arriving anew = Arriving.anew(stores.uploads(), sender, fetched);
    arriving = anew;
    checkpointedBytes = 0;
    return anew;
  }

  private void receive(Arriving file, Fetched fetched) throws IOException {
    InputStream body = fetched.body();
    byte[] piece = new byte[limits.pieceBytes()];
    try (Turns.Turn turn = turns.none()) {
      for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
        Filled filled = turn.isHeld() ? fill(fetched, body, piece, count) : new Filled(count, null);
        take(file, ByteBuffer.wrap(piece, 0, filled.count()), fetched.isReady(), turn);
        filled.requireSound();
        if (turn.isHeld() && piece.length < limits.turnPieceBytes()) {
          piece = new byte[limits.turnPieceBytes()];
        }
        if (isCheckpointDue(file)) {
          turn.end();
          checkpoint(file);
          quota.followOwner(file.bytes());
        }
      }
    }
  }

  /** Reads on while there is something, as long as the piece has room. */
  private static Filled fill(Fetched fetched, InputStream body, byte[] piece, int count) {
    int all = count;
    int more = count;
    try {
      while (more > 0 && all < piece.length && fetched.isReady()) {
        more = body.read(piece, all, piece.length - all);
        all += Math.max(0, more);
      }
      return new Filled(all, null);
    } catch (IOException e) {
      return new Filled(all, e);
    }
  }

  /** How much of a piece came, and what ended the source behind it: what came is kept first. */
  private record Filled(int count, @Nullable IOException broken) {
    void requireSound() throws IOException {
      if (broken != null) {
        throw broken;
      }
    }
  }

  private void take(Arriving file, ByteBuffer piece, boolean more, Turns.Turn turn)
      throws IOException {
    int count = piece.remaining();
    quota.require(file.bytes(), count);
    turn.move(count, more, () -> write(file, piece));
    progress.resumes(file.isKept());
    progress.reached(file.bytes());
    stores.meter().came(claim.access(), count);
  }

  private void write(Arriving file, ByteBuffer piece) {
    if (file.bytes() == checkpointedBytes) {
      checkpointNanos = progress.nanoTime();
    }
    file.write(piece);
  }

  private boolean isCheckpointDue(Arriving file) {
    long since = file.bytes() - checkpointedBytes;
    return since >= limits.checkpoints().bytes()
        || (since >= limits.worthBytes()
            && progress.nanoTime() - checkpointNanos >= limits.checkpoints().every().toNanos());
  }

  private void checkpoint(Arriving file) {
    checkpointNanos = progress.nanoTime();
    checkpointedBytes = file.bytes();
    file.checkpoint(made -> queue.checkpoint(claim, made));
  }

  private void commit() {
    Arriving file = Objects.requireNonNull(arriving);
    file.complete()
        .commit(
            form,
            new Alongside() {
              @Override
              public boolean isUpload() {
                return false;
              }

              @Override
              public void before(Sql sql) {
                queue.settle(sql, claim);
              }

              @Override
              public void after(Sql sql, UploadReport report) {
                report.requireKept();
                UploadedFile.Kept kept = report.kept().getFirst();
                var made = new Transitions.Made(kept.name(), kept.link(), kept.size());
                queue.done(sql, claim, made);
              }
            });
  }

  /** Leaves what came for another try. */
  void park() {
    if (!parked) {
      parked = true;
      Optional.ofNullable(arriving).ifPresent(this::park);
    }
  }

  private void park(Arriving file) {
    saveRest(file);
    file.park();
  }

  /** Without it the next try begins at the checkpoint before. */
  private void saveRest(Arriving file) {
    try {
      if (file.unsafeBytes() > 0) {
        checkpoint(file);
      }
    } catch (RuntimeException e) {
      LOG.debug("{} goes on from an earlier checkpoint", claim, e);
    }
  }

  /** Throws away what was left for another try: there will be none. */
  void abandon() {
    Optional.ofNullable(arriving)
        .flatMap(Arriving::safe)
        .ifPresent(part -> stores.blobs().discard(part.storeFile()));
  }

  /** Throws away what came, unless it was committed or left for another try. */
  @Override
  public void close() {
    if (arriving != null) {
      arriving.close();
    }
    Claim.Partial before = claim.partialOrNull();
    if (before != null && !parked) {
      stores.blobs().discard(before.checkpoint().storeFile());
    }
  }

  /**
   * What bounds a try.
   *
   * @param turns whose bytes are taken now
   */
  record Bounds(RemoteLimits.Receiving limits, Turns turns) {}
}
