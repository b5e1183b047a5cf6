package io.consigne.cli.remote;

import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Sentences;
import io.consigne.client.model.RefusedException;
import io.consigne.client.transfer.Breaker;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Local files of which none is tried, since the host refuses key or plan before the first. */
public final class Untried {
  private Untried() {}

  /** What the host is asked before anything is moved. */
  @FunctionalInterface
  public interface Asking<T> {
    /** Asks. */
    T run() throws IOException;
  }

  /** How many files would have been tried. */
  @FunctionalInterface
  public interface Count {
    /** Counts them, when it is needed. */
    long files() throws IOException;
  }

  /** Asks; who is refused for the whole account is told how many files that means. */
  public static <T> T told(Count count, Asking<T> asking) throws IOException {
    try {
      return asking.run();
    } catch (RefusedException e) {
      var breaker = new Breaker();
      breaker.saw(e.refusal());
      long files = breaker.isEnded() ? count.files() : 0;
      if (files < 2) {
        throw e;
      }
      throw new Problem(Exit.of(e), Sentences.untried(files, "file", e.refusal()), Exit.next(e));
    }
  }

  /** Which files count. */
  @FunctionalInterface
  public interface Taken {
    /** Whether one does, by its path below the place that is looked into. */
    boolean takes(String path, long sizeBytes, Instant modified);
  }

  /** How many files a place has that count; what cannot be read is skipped. */
  public static long files(Path place, Taken taken) throws IOException {
    var counted = new Counted(place, taken);
    Files.walkFileTree(place.toRealPath(), counted);
    return counted.files;
  }

  private static final class Counted extends SimpleFileVisitor<Path> {
    private final Path top;
    private final Taken taken;
    private long files;

    Counted(Path place, Taken taken) throws IOException {
      this.top = place.toRealPath();
      this.taken = taken;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String path = top.relativize(file).toString();
      boolean counts =
          attributes.isRegularFile()
              && taken.takes(path, attributes.size(), attributes.lastModifiedTime().toInstant());
      files += counts ? 1 : 0;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException why) {
      return FileVisitResult.CONTINUE;
    }
  }
}
