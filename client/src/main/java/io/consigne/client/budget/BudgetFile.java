package io.consigne.client.budget;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The clocks of a host, in a file that the processes of a machine share. */
final class BudgetFile {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long LOOK_MILLIS = 5;

  /** Locks of files exclude processes, not the threads of one. */
  private static final Map<Path, ReentrantLock> LOCAL = new ConcurrentHashMap<>();

  private final Path file;
  private final ReentrantLock local;

  /** Kept where the file cannot be used. */
  private String memory = "";

  BudgetFile(Path file) {
    this.file = file.toAbsolutePath();
    this.local = LOCAL.computeIfAbsent(this.file, _ -> new ReentrantLock());
  }

  boolean exists() {
    return !memory.isEmpty() || Files.exists(file);
  }

  /**
   * Changes the clocks, alone on this machine. If the file cannot be locked or written within
   * seconds, only this process knows of the change: a call is never lost for it.
   */
  <T> T change(long now, Function<Clocks, T> change) throws InterruptedIOException {
    try {
      if (!local.tryLock(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return inMemory(now, change);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    try {
      return shared(now, change);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      return inMemory(now, change);
    } finally {
      local.unlock();
    }
  }

  private <T> T shared(long now, Function<Clocks, T> change) throws IOException {
    Files.createDirectories(file.getParent());
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    // Closing the channel gives the lock back, and so does the end of the process.
    try (FileChannel channel =
        FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock(channel);
      Clocks clocks = Clocks.parse(read());
      clocks.prune(now);
      T result = change.apply(clocks);
      write(clocks, now);
      return result;
    }
  }

  private void lock(FileChannel channel) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (channel.tryLock() == null) {
      if (System.nanoTime() > deadline) {
        throw new IOException("another process keeps the budget locked: " + file);
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  private String read() throws IOException {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private void write(Clocks clocks, long now) throws IOException {
    if (clocks.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(next, clocks.text(now));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private synchronized <T> T inMemory(long now, Function<Clocks, T> change) {
    Clocks clocks = Clocks.parse(memory);
    clocks.prune(now);
    T result = change.apply(clocks);
    memory = clocks.isEmpty() ? "" : clocks.text(now);
    return result;
  }

  private static InterruptedIOException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    var interrupted = new InterruptedIOException("interrupted while waiting");
    interrupted.initCause(cause);
    return interrupted;
  }
}
