package io.consigne.core.remote;

import io.consigne.core.remote.source.Fetched;
import io.consigne.core.remote.source.SourceException;
import io.consigne.core.remote.source.SourceException.Reason;
import io.consigne.core.remote.source.SourceRequest;
import io.consigne.core.remote.source.Sources;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Sources that do what a test says. */
final class ScriptedSources implements Sources {
  private final Map<String, Source> sources = new ConcurrentHashMap<>();
  private final List<SourceRequest> requests = new CopyOnWriteArrayList<>();

  /** A source of these bytes. */
  Source serve(String url, byte[] bytes) {
    var source = new Source(bytes);
    sources.put(url, source);
    return source;
  }

  /** What was asked of a source, in order. */
  List<SourceRequest> requests(String url) {
    return requests.stream().filter(request -> request.url().text().equals(url)).toList();
  }

  @Override
  public Fetched open(SourceRequest request) throws SourceException {
    requests.add(request);
    Source source = sources.get(request.url().text());
    if (source == null) {
      throw new SourceException(Reason.REFUSED, "The source has no such file");
    }
    source.awaitAnswer();
    return source.open(request);
  }

  /** One source. */
  static final class Source {
    private final Deque<Long> breaks = new ArrayDeque<>();
    private final Deque<SourceException> refusals = new ArrayDeque<>();
    private volatile @Nullable Error error;
    private volatile byte[] bytes;
    private volatile boolean seemsReady;
    private volatile boolean ranges = true;
    private volatile boolean tellsLength = true;
    private volatile boolean silent;
    private int version = 1;
    private volatile long gateAt = Long.MAX_VALUE;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile CountDownLatch atGate = new CountDownLatch(1);
    private @Nullable String name;

    private Source(byte[] bytes) {
      this.bytes = bytes;
    }

    /** The next connection breaks after so many bytes of it. */
    synchronized Source breaksAfter(long count) {
      breaks.add(count);
      return this;
    }

    /** The next connection is refused. */
    synchronized Source refuses(Reason reason, String message) {
      refusals.add(new SourceException(reason, message));
      return this;
    }

    /** The next connection is refused, for so long. */
    synchronized Source refusesFor(Duration time) {
      refusals.add(new SourceException(Reason.BUSY, "Later", time));
      return this;
    }

    /** Each connection meets an error of this program. */
    void meets(Error met) {
      error = met;
    }

    /** Always seems to have more, as half a record of TLS does. */
    Source seemingReady() {
      seemsReady = true;
      return this;
    }

    Source withoutRanges() {
      ranges = false;
      return this;
    }

    Source withoutLength() {
      tellsLength = false;
      return this;
    }

    synchronized Source named(String fileName) {
      name = fileName;
      return this;
    }

    /** Sends nothing beyond this position until {@link #release}. */
    Source heldAt(long position) {
      gate = new CountDownLatch(1);
      atGate = new CountDownLatch(1);
      gateAt = position;
      return this;
    }

    /** Answers nobody until {@link #release}. */
    void hold() {
      gate = new CountDownLatch(1);
      atGate = new CountDownLatch(1);
      silent = true;
    }

    void awaitHeld() throws InterruptedException {
      atGate.await();
    }

    /** Goes on to that position. */
    void releaseTo(long position) {
      CountDownLatch before = gate;
      heldAt(position);
      before.countDown();
    }

    void release() {
      gateAt = Long.MAX_VALUE;
      silent = false;
      gate.countDown();
    }

    private void awaitAnswer() throws SourceException {
      if (silent) {
        awaitGate();
      }
    }

    private void awaitGate() throws SourceException {
      CountDownLatch closed = gate;
      atGate.countDown();
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SourceException(Reason.STOPPED, "It was stopped");
      }
    }

    /** Has other bytes from now on. */
    synchronized void change(byte[] other) {
      bytes = other;
      version++;
    }

    private synchronized Fetched open(SourceRequest request) throws SourceException {
      Error met = error;
      if (met != null) {
        throw met;
      }
      if (!refusals.isEmpty()) {
        throw refusals.poll();
      }
      String validator = "\"v" + version + "\"";
      boolean resumes = ranges && validator.equals(request.validator());
      long offset = resumes ? request.offset() : 0;
      if (tellsLength && bytes.length > request.maxBytes()) {
        throw new SourceException(Reason.TOO_LARGE, "The file is too long");
      }
      long breakAfter = breaks.isEmpty() ? Long.MAX_VALUE : Objects.requireNonNull(breaks.poll());
      return new Sending(this, offset, breakAfter, validator);
    }
  }

  private static final class Sending extends InputStream implements Fetched {
    private final Source source;
    private final byte[] bytes;
    private final long offset;
    private final long breakAfter;
    private final String validator;
    private final @Nullable String name;
    private int position;

    Sending(Source source, long offset, long breakAfter, String validator) {
      this.source = source;
      this.bytes = source.bytes;
      this.offset = offset;
      this.breakAfter = breakAfter;
      this.validator = validator;
      this.name = source.name;
      this.position = (int) offset;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] into, int from, int most) throws SourceException {
      if (position >= source.gateAt) {
        source.awaitGate();
      }
      if (position - offset >= breakAfter) {
        throw new SourceException(Reason.BROKEN, "The connection broke");
      }
      if (position == bytes.length) {
        return -1;
      }
      long end = Math.min(Math.min(bytes.length, Math.max(source.gateAt, position + 1)), rest());
      int count = (int) Math.min(most, end - position);
      System.arraycopy(Arrays.copyOfRange(bytes, position, position + count), 0, into, from, count);
      position += count;
      return count;
    }

    private long rest() {
      return breakAfter == Long.MAX_VALUE ? Long.MAX_VALUE : offset + breakAfter;
    }

    @Override
    public InputStream body() {
      return this;
    }

    @Override
    public boolean isReady() {
      return source.seemsReady
          || position < Math.min(Math.min(bytes.length, source.gateAt), rest());
    }

    @Override
    public OptionalLong length() {
      return source.tellsLength ? OptionalLong.of(bytes.length) : OptionalLong.empty();
    }

    @Override
    public long offset() {
      return offset;
    }

    @Override
    public Optional<String> fileName() {
      return Optional.ofNullable(name);
    }

    @Override
    public Optional<String> validator() {
      return source.ranges ? Optional.of(validator) : Optional.empty();
    }

    @Override
    public void close() {}
  }
}
