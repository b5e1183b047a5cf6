package io.consigne.client.transfer;

import io.consigne.client.model.Refusal;
import io.consigne.client.model.Refusal.Said;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.wire.LinkPages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Fetches files.
 *
 * {@snippet file="io/consigne/client/ExamplesTest.java" region=downloads}
 */
public final class Downloads {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final Host host;
  private final DownloadAccess access;
  private final TransferLimits limits;
  private final Turns turns;
  private final Nodes nodes;

  /**
   * Fetches from {@code host}.
   *
   * @param host what is asked
   * @param limits sizes and numbers
   * @param turns one for each request that may run at once, in all downloads that share them
   * @param nodes what is known of its machines, by all downloads that share it
   */
  public Downloads(Host host, TransferLimits limits, Turns turns, Nodes nodes) {
    this(host, new DownloadAccess.Key(host.policy()), limits, turns, nodes);
  }

  private Downloads(
      Host host, DownloadAccess access, TransferLimits limits, Turns turns, Nodes nodes) {
    this.host = host;
    this.access = access;
    this.limits = limits;
    this.turns = turns;
    this.nodes = nodes;
  }

  /**
   * {@return what fetches from a Consigne host without a key what is open to everybody} One request
   * after the other: hosts give strangers no more at once.
   *
   * @param host what is asked
   * @param limits sizes
   * @param turns one for each request that may run at once
   * @param nodes what is known of its machines
   */
  public static Downloads ofStranger(Host host, TransferLimits limits, Turns turns, Nodes nodes) {
    var access = new DownloadAccess.Page(host.policy(), new LinkPages(host.wire()));
    return new Downloads(host, access, limits.atOnce(1), turns, nodes);
  }

  /**
   * {@return a file with what it is compared with when it was fetched} Listings do not always tell
   * a checksum; then the host is asked for the file itself.
   *
   * @param source as a listing told it
   * @throws RefusedException if the host refuses, as for want of a password
   * @throws IOException if the host cannot be reached
   */
  public DownloadSource verified(DownloadSource source) throws IOException {
    if (!source.checksums().isEmpty()) {
      return source;
    }
    RemoteFile known = access.file(source);
    Instant modified = known.times().modified();
    return new DownloadSource(
        source.link(),
        known.sizeBytes(),
        known.checksums(),
        modified == null ? source.modified() : modified,
        source.password());
  }

  /** What to do with a local file that has the name already. */
  public enum IfExists {
    /** Fail with {@link FileAlreadyExistsException}, before anything is fetched. */
    FAIL,
    /** Replace it, once the new one is whole. */
    REPLACE
  }

  /**
   * Fetches a file. It gets its name when it is whole, was compared with the host's checksum, and
   * is on disk, so that no power cut leaves half of it in the place of another; until then it is
   * {@code NAME.part}, and whoever fetches it again, in this process or another, goes on where it
   * was.
   *
   * @param source the file at the host
   * @param target where to, in a folder that is there
   * @param ifExists what to do with a file of that name
   * @param progress told of each step
   * @throws FileAlreadyExistsException if the target is there and not to be replaced, or a folder,
   *     or if something is in the way that has the name of the part, or of its state, and is none
   * @throws RefusedException if the host refuses; {@link Refusal.Damaged} if the bytes are not
   *     those of the checksum, also when fetched anew
   */
  public void fetch(DownloadSource source, Path target, IfExists ifExists, Progress progress)
      throws IOException {
    if (ifExists == IfExists.FAIL && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Unfinished.requireNoFolder(target);
    fetch(new Fetched(source, target, ifExists == IfExists.REPLACE, () -> true), progress);
  }

  /**
   * Fetches a file in the place of another, as {@link #fetch} does, as long as that one is as the
   * caller knows it.
   *
   * @param source the file at the host
   * @param target where to, in a folder that is there
   * @param replaced is asked before the first byte, and again when the file gets its name
   * @param progress told of each step
   * @throws FileAlreadyExistsException if the file that is there has changed: it is left
   * @throws RefusedException as {@link #fetch}
   */
  public void replace(DownloadSource source, Path target, Unchanged replaced, Progress progress)
      throws IOException {
    requireUnchanged(target, replaced);
    fetch(new Fetched(source, target, true, replaced), progress);
  }

  /** Whether a file is still as it was when it was decided to replace it. */
  @FunctionalInterface
  public interface Unchanged {
    /**
     * Looks.
     *
     * @return whether it is
     * @throws IOException if that cannot be found out
     */
    boolean holds() throws IOException;
  }

  private static void requireUnchanged(Path target, Unchanged replaced) throws IOException {
    if (!replaced.holds()) {
      throw new FileAlreadyExistsException(
          target.toString(), null, "it has changed since it was decided to replace it");
    }
  }

  private void fetch(Fetched fetched, Progress progress) throws IOException {
    String name = String.valueOf(fetched.target().getFileName());
    var file = new TransferFile(name, fetched.source().sizeBytes());
    try {
      fetch(fetched, file, progress);
    } catch (IOException | RuntimeException e) {
      progress.seen(new TransferEvent.Failed(file));
      throw e;
    }
    progress.seen(new TransferEvent.Ended(file));
  }

  /**
   * {@return the names that a file takes beside its own while it is fetched} No other file that is
   * fetched at the same time may have one of them.
   *
   * @param name of the file, or a path that ends with it
   */
  public static List<String> namesBeside(String name) {
    int folder = name.lastIndexOf('/') + 1;
    String part = name.substring(0, folder) + Unfinished.part(name.substring(folder));
    return List.of(part, part + ".state");
  }

  private record Fetched(
      DownloadSource source, Path target, boolean replaces, Unchanged replaced) {}

  private void fetch(Fetched fetched, TransferFile file, Progress progress) throws IOException {
    DownloadSource source = fetched.source();
    Path target = fetched.target();
    try (Claim claim = PartFile.claim(target);
        var part = new PartFile(claim, target, source, limits.rangeBytes())) {
      progress.seen(new TransferEvent.Begun(file, part.ranges().doneBytes()));
      fetchRanges(source, part, file, progress);
      if (!part.isRight()) {
        progress.seen(new TransferEvent.Repeated(file, "the bytes are not those of the checksum"));
        progress.seen(new TransferEvent.Moved(file, -source.sizeBytes()));
        part.startOver();
        fetchRanges(source, part, file, progress);
      }
      if (!part.isRight()) {
        part.discard();
        throw new RefusedException(
            new Refusal.Damaged(
                new Said(0, "the bytes are not those of the host's checksum: " + source.link())));
      }
      if (source.checksums().isEmpty()) {
        progress.seen(new TransferEvent.Unverified(file));
      }
      requireUnchanged(target, fetched.replaced());
      part.finish(target, fetched.replaces());
    }
  }

  private void fetchRanges(
      DownloadSource source, PartFile part, TransferFile file, Progress progress)
      throws IOException {
    var token = new Token(host, access, source, nodes);
    List<Callable<Integer>> left = new ArrayList<>();
    for (int i = 0; i < part.ranges().count(); i++) {
      int range = i;
      if (part.ranges().done(range) < part.ranges().length(range)) {
        left.add(() -> fetchRange(new Job(source, part, token, range), file, progress));
      }
    }
    if (!left.isEmpty()) {
      Together.run(left, limits.parallel());
    }
  }

  private record Job(DownloadSource source, PartFile part, Token token, int range) {}

  private int fetchRange(Job job, TransferFile file, Progress progress) throws IOException {
    Ranges ranges = job.part().ranges();
    long first = ranges.first(job.range());
    long end = first + ranges.length(job.range());
    long position = first + ranges.done(job.range());
    long told = position;
    var buffer = new byte[Math.clamp(end - position, 1, BUFFER_BYTES)];
    try (var _ = turns.take();
        var in = new RemoteStream(host, job.token(), job.source(), position, end)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        job.part().write(buffer, read, position);
        position += read;
        progress.seen(new TransferEvent.Moved(file, read));
        if (position - told >= TransferLimits.STATE_BYTES) {
          job.part().done(job.range(), position - first);
          told = position;
        }
      }
    } catch (IOException e) {
      keep(job, position - first, e);
      throw e;
    }
    job.part().done(job.range(), position - first);
    return job.range();
  }

  private static void keep(Job job, long bytesOfRange, IOException failure) {
    try {
      job.part().done(job.range(), bytesOfRange);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * {@return the bytes of a file from {@code first} to before {@code end}, as they come: breaks are
   * mended, but nothing is compared with a checksum} Must be closed. It waits for no turn: who
   * holds several may read them by turns.
   *
   * @param source the file at the host
   * @param first byte, from 0
   * @param end the first byte that is not read
   * @throws IllegalArgumentException if they are not within the file
   */
  public InputStream open(DownloadSource source, long first, long end) {
    if (first < 0 || end < first || end > source.sizeBytes()) {
      throw new IllegalArgumentException(
          "bytes %d to %d of %d".formatted(first, end, source.sizeBytes()));
    }
    return new RemoteStream(host, new Token(host, access, source, nodes), source, first, end);
  }
}
