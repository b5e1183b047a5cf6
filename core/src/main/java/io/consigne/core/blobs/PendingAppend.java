package io.consigne.core.blobs;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One call of {@link Packs#append}: what is to be written, and what came of it. */
final class PendingAppend {
  private final List<ByteBuffer> contents;
  private final long bytes;
  private final Thread caller = Thread.currentThread();
  private @Nullable Appended appended;
  private @Nullable Throwable failure;
  private volatile boolean done;

  /** Is the calling thread's. */
  PendingAppend(List<ByteBuffer> contents) {
    this.contents = List.copyOf(contents);
    this.bytes = contents.stream().mapToLong(ByteBuffer::remaining).sum();
  }

  /** What is to be written. */
  List<ByteBuffer> contents() {
    return contents;
  }

  /** How much that is. */
  long bytes() {
    return bytes;
  }

  /** Whether there is an outcome. */
  boolean isDone() {
    return done;
  }

  /** Lets the caller look again. */
  void wake() {
    LockSupport.unpark(caller);
  }

  /** The contents are durable, and hold {@code pack} from now on. */
  void succeed(Pack pack, List<Segment> segments) {
    appended = new Held(pack, segments);
    end();
  }

  /** Nothing was kept. */
  void fail(Throwable cause) {
    failure = cause;
    end();
  }

  /** What the caller gets, once it is done. */
  Appended outcome() {
    return switch (failure) {
      case null -> Objects.requireNonNull(appended);
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    };
  }

  private void end() {
    done = true;
    wake();
  }

  private static final class Held implements Appended {
    private final Pack pack;
    private final List<Segment> segments;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Held(Pack pack, List<Segment> segments) {
      this.pack = pack;
      this.segments = List.copyOf(segments);
      pack.hold();
    }

    @Override
    public List<Segment> segments() {
      return segments;
    }

    @Override
    public void close() {
      if (open.getAndSet(false)) {
        pack.release();
      }
    }
  }
}
