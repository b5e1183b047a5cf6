package io.consigne.core.blobs;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Keeps store files in a directory of a local file system. What stands where, when it is synced and
 * what a crash leaves behind: {@code docs/disk-format.md}, section "Store files".
 */
public final class DiskBlobs implements Blobs {
  private final DiskLayout layout;
  private final RandomGenerator random;
  private final Disk disk;
  private final DiskRoom room;
  private final DiskShards shards;
  private final Packs packs;
  private final BufferPool pool = new BufferPool();

  /**
   * Opens the store in {@code directory}, creating what is missing of it.
   *
   * @param random draws the names of store files, under a lock
   * @throws UncheckedIOException if the directory cannot be made or synced
   */
  public DiskBlobs(Path directory, RandomGenerator random) {
    this(directory, random, Disk.REAL, PackLimits.DEFAULT);
  }

  /** Opens the store in {@code directory}, changing it through {@code disk}. */
  DiskBlobs(Path directory, RandomGenerator random, Disk disk, PackLimits limits) {
    this(created(new DiskLayout(directory), disk), random, disk, limits);
  }

  private DiskBlobs(DiskLayout layout, RandomGenerator random, Disk disk, PackLimits limits) {
    this.layout = layout;
    this.random = random;
    this.disk = disk;
    try {
      this.shards = new DiskShards(layout, disk);
      var log = new RoomLog(layout.directory(), System::nanoTime);
      this.room = new DiskRoom(disk, Files.getFileStore(layout.directory()), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.packs = new Packs(new DiskPacks(layout, disk, room, shards, this::drawName), limits);
  }

  /**
   * Opens a store that is there, to be read alone: nothing of it is changed.
   *
   * @throws UncheckedIOException if the directory cannot be read
   */
  public static DiskBlobs reading(Path directory) {
    return new DiskBlobs(new DiskLayout(directory), new Random(), Disk.REAL, PackLimits.DEFAULT);
  }

  private static DiskLayout created(DiskLayout layout, Disk disk) {
    try {
      layout.create(disk);
      return layout;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public StoreFileWriter create() {
    while (true) {
      var name = drawName();
      try {
        if (Files.notExists(layout.visible(name))) {
          return new DiskWriter(layout, disk, room, name, disk.create(layout.incoming(name)));
        }
      } catch (FileAlreadyExistsException e) {
        // Another name will do.
      } catch (IOException e) {
        throw room.failure(e);
      }
    }
  }

  @Override
  public Optional<StoreFileWriter> resume(
      String storeFile, long sizeBytes, Consumer<ByteBuffer> bytes) {
    var name = new StoreFileName(storeFile);
    try {
      FileChannel channel = layout.openUnfinished(name);
      var writer = new DiskWriter(layout, disk, room, name, channel);
      boolean resumed = false;
      try {
        if (channel.size() >= sizeBytes) {
          writer.adopt(sizeBytes, bytes);
          resumed = true;
        }
      } finally {
        if (!resumed) {
          writer.park();
        }
      }
      return resumed ? Optional.of(writer) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      if (ReadFault.isDamage(e)) {
        return Optional.empty();
      }
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void discard(String storeFile) {
    try {
      disk.delete(layout.incoming(new StoreFileName(storeFile)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void commit(Collection<? extends StoreFileWriter> writers) {
    var files = writers.stream().map(DiskWriter.class::cast).toList();
    files.forEach(DiskWriter::beginCommit);
    try {
      for (DiskWriter file : files) {
        file.force();
      }
      var touched = new LinkedHashSet<Path>();
      for (DiskWriter file : files) {
        shards.prepare(file.shard());
        file.show();
        touched.add(file.shard());
      }
      shards.force(touched);
    } catch (IOException e) {
      throw room.failure(e);
    }
    files.forEach(DiskWriter::keep);
  }

  @Override
  public Appended append(List<ByteBuffer> contents) {
    return packs.append(contents);
  }

  @Override
  public boolean retire(String storeFile) {
    return packs.retire(storeFile);
  }

  @Override
  public boolean cut(String storeFile, long sizeBytes) {
    var name = new StoreFileName(storeFile);
    if (packs.isBegun(storeFile)) {
      return false;
    }
    try {
      disk.cut(layout.visible(name), sizeBytes);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public BlobReader open(Segment segment, long from, long to) {
    segment.checkRange(from, to);
    var file = new DiskFile(disk, openChannel(segment));
    try {
      return new CheckedReader(segment, from, to, file, pool);
    } catch (RuntimeException e) {
      closeAfter(e, file);
      throw e;
    }
  }

  @Override
  public void delete(String storeFile) {
    Path place = layout.visible(new StoreFileName(storeFile));
    packs.requireRetired(storeFile);
    try {
      disk.delete(place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    packs.forget(storeFile);
  }

  @Override
  public void clear(Set<String> kept) {
    try {
      for (Path unfinished : DiskLayout.entries(layout.incoming())) {
        if (!kept.contains(unfinished.getFileName().toString())) {
          disk.delete(unfinished);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long availableBytes() {
    return room.availableBytes();
  }

  @Override
  public void forEach(StoreFileVisitor visitor) {
    try {
      for (Path shard : layout.shards()) {
        for (Path file : DiskLayout.entries(shard)) {
          visit(file, visitor);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    packs.close();
  }

  private StoreFileName drawName() {
    synchronized (random) {
      return StoreFileName.draw(random);
    }
  }

  private FileChannel openChannel(Segment segment) {
    var name = StoreFileName.of(segment);
    try {
      return FileChannel.open(layout.visible(name), StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      var where = name.text() + " at " + segment.offset() + ": the store file is missing";
      throw new FailureException(new Failure.Rotten(where), e);
    } catch (IOException e) {
      throw ReadFault.of(segment.storeFile(), segment.offset(), e);
    }
  }

  private static void closeAfter(RuntimeException fault, DiskFile file) {
    try {
      file.close();
    } catch (IOException e) {
      fault.addSuppressed(e);
    }
  }

  private static void visit(Path file, StoreFileVisitor visitor) throws IOException {
    if (!StoreFileName.isShapeOf(file.getFileName().toString())) {
      return;
    }
    long sizeBytes;
    try {
      sizeBytes = Files.size(file);
    } catch (NoSuchFileException e) {
      return;
    }
    visitor.visit(file.getFileName().toString(), sizeBytes);
  }
}
