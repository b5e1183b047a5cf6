package io.consigne.core.blobs;

import io.consigne.core.failure.Failure;
import io.consigne.core.failure.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;

/**
 * Copies of store files, under the same names and in the layout of a {@link DiskBlobs}, in a
 * directory that no host uses: a backup, or a host that is being restored.
 *
 * <p>A copy has the records that were asked for at their places, what an older copy of the same
 * store file had, since an older database may know it, and nothing of the others. Each block is
 * checked on its way. A store file is visible here when all of it was written and synced; its
 * directory entry is durable after {@link #sync}.
 */
public final class StoreCopy {
  private static final int SECTOR_BYTES = 4096;

  private final DiskLayout layout;
  private final Disk disk;
  private final DiskShards shards;
  private final Blobs kept;
  private final BufferPool pool = new BufferPool();

  /** Copies to {@code directory}, which is made if it is missing. */
  public StoreCopy(Path directory) {
    this(directory, Disk.REAL);
  }

  /** Copies to {@code directory}, changing it through {@code disk}. */
  StoreCopy(Path directory, Disk disk) {
    this.layout = new DiskLayout(directory);
    this.disk = disk;
    this.kept = new DiskBlobs(directory, new Random(), disk, PackLimits.DEFAULT);
    kept.clear();
    try {
      this.shards = new DiskShards(layout, disk);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The store files that are copied already. */
  public Blobs kept() {
    return kept;
  }

  /**
   * Whether all these segments, of one store file, are here as records; their bytes are not read.
   */
  public boolean has(List<Segment> segments) {
    if (!segments.getFirst().isNamed()) {
      return false;
    }
    var name = StoreFileName.of(segments.getFirst());
    try (FileChannel channel = FileChannel.open(layout.visible(name), StandardOpenOption.READ)) {
      var file = new DiskFile(disk, channel);
      for (Segment segment : segments) {
        segment.checkRange(0, 0);
        var _ = new CheckedReader(segment, 0, 0, file, pool);
      }
      return true;
    } catch (NoSuchFileException | FailureException e) {
      return false;
    } catch (IOException e) {
      if (ReadFault.isDamage(e)) {
        return false;
      }
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Copies a store file with these records, in place of the copy that is here. A record that is
   * damaged in {@code from} is taken from that older copy; if it is not there either, it is left
   * out.
   *
   * @param segments all of one store file
   * @param copied is told of bytes as they are written
   * @return the segments that are left out; if that is all of them, nothing was changed
   * @throws FailureException {@code Unavailable} if a newer program wrote one: it is not damaged
   */
  public List<Lost> copy(List<Segment> segments, Blobs from, LongConsumer copied) {
    StoreFileName name;
    try {
      name = StoreFileName.of(segments.getFirst());
    } catch (FailureException e) {
      String why = rot(e);
      return segments.stream().map(segment -> new Lost(segment, why)).toList();
    }
    var lost = new ArrayList<Lost>();
    try {
      try (FileChannel channel = create(name)) {
        var file = new DiskFile(disk, channel);
        carryOver(name, file);
        for (Segment segment : segments) {
          write(segment, from, file, copied, lost);
        }
        disk.force(channel);
      }
      if (lost.size() == segments.size()) {
        disk.delete(layout.incoming(name));
      } else {
        show(name);
      }
      return lost;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes the directory entries of all copies survive power loss, also of runs that were killed.
   */
  public void sync() {
    try {
      shards.force(layout.shards());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileChannel create(StoreFileName name) throws IOException {
    disk.delete(layout.incoming(name));
    FileChannel channel = disk.create(layout.incoming(name));
    Files.setPosixFilePermissions(
        layout.incoming(name), PosixFilePermissions.fromString("rw-------"));
    return channel;
  }

  private void carryOver(StoreFileName name, StoreBytes to) throws IOException {
    try (FileChannel channel = FileChannel.open(layout.visible(name), StandardOpenOption.READ)) {
      carryOver(new DiskFile(disk, channel), to);
    } catch (NoSuchFileException e) {
      // There is none.
    }
  }

  /**
   * Puts what the older copy has at the same places of the new one, but for the sectors that cannot
   * be read: a pack may have sound records behind them.
   */
  static void carryOver(StoreBytes older, StoreBytes to) throws IOException {
    long size = older.size();
    var piece = ByteBuffer.allocate(RecordFormat.BLOCK_BYTES);
    for (long at = 0; at < size; at += piece.capacity()) {
      if (!isCarried(older, piece.clear(), at, to)) {
        long end = Math.min(size, at + piece.capacity());
        for (long sector = at; sector < end; sector += SECTOR_BYTES) {
          var _ = isCarried(older, piece.clear().limit(SECTOR_BYTES), sector, to);
        }
      }
    }
  }

  private static boolean isCarried(StoreBytes older, ByteBuffer piece, long at, StoreBytes to)
      throws IOException {
    try {
      older.read(piece, at);
    } catch (IOException e) {
      if (ReadFault.isDamage(e)) {
        return false;
      }
      throw e;
    }
    to.write(piece.flip(), at);
    return true;
  }

  private void show(StoreFileName name) throws IOException {
    shards.prepare(layout.shard(name));
    disk.rename(layout.incoming(name), layout.visible(name));
  }

  private void write(
      Segment segment, Blobs from, StoreBytes to, LongConsumer copied, List<Lost> lost)
      throws IOException {
    try {
      write(segment, from, to, copied);
    } catch (FailureException damaged) {
      String why = rot(damaged);
      try {
        write(segment, kept, to, copied);
      } catch (FailureException missing) {
        var _ = rot(missing);
        lost.add(new Lost(segment, why));
      }
    }
  }

  private void write(Segment segment, Blobs from, StoreBytes to, LongConsumer copied)
      throws IOException {
    var name = StoreFileName.of(segment);
    try (BlobReader reader = from.open(segment, 0, segment.length());
        var records =
            new RecordWriter(name, to, () -> new DiskFile(disk, layout.openScratch(name)))) {
      records.moveTo(segment.offset());
      for (ByteBuffer next = reader.next(); next != null; next = reader.next()) {
        int count = next.remaining();
        records.write(next);
        copied.accept(count);
      }
      var _ = records.endRecord();
    }
  }

  /** What is damaged; what cannot be read for another reason, such as its version, is not. */
  private static String rot(FailureException fault) {
    if (fault.failure() instanceof Failure.Rotten(String where)) {
      return where;
    }
    throw fault;
  }

  /**
   * A segment whose bytes could not be copied.
   *
   * @param why what is wrong with them
   */
  public record Lost(Segment segment, String why) {}
}
