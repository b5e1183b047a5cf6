package io.consigne.core.blobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes a store file below {@code incoming/}, from where {@link DiskBlobs#commit} moves it. */
final class DiskWriter implements StoreFileWriter {
  private enum State {
    WRITING,
    /** A write failed or a commit began: never again written or committed. */
    SPENT,
    KEPT,
    PARKED,
    CLOSED
  }

  private final DiskLayout layout;
  private final Disk disk;
  private final DiskRoom room;
  private final StoreFileName name;
  private final FileChannel channel;
  private final SyncAhead sync;
  private RecordWriter records;
  private @Nullable GatheredBytes gathered;
  private State state = State.WRITING;

  /** Writes to {@code channel}, the new and empty incoming file of {@code name}. */
  DiskWriter(DiskLayout layout, Disk disk, DiskRoom room, StoreFileName name, FileChannel channel) {
    this.layout = layout;
    this.disk = disk;
    this.room = room;
    this.name = name;
    this.channel = channel;
    this.sync = new SyncAhead(disk, channel);
    this.records = records(this::put);
  }

  private RecordWriter records(WritableBytes file) {
    return new RecordWriter(name, file, () -> new DiskFile(disk, layout.openScratch(name)));
  }

  private void put(ByteBuffer bytes, long position) throws IOException {
    room.require(bytes.remaining());
    disk.write(channel, bytes, position);
  }

  @Override
  public String name() {
    return name.text();
  }

  @Override
  public void gather(ByteBuffer buffer) {
    if (records.size() > 0 || records.recordOpen()) {
      throw new IllegalStateException("store file has bytes already: " + name.text());
    }
    gathered = new GatheredBytes(this::put, buffer);
    records = records(gathered);
  }

  @Override
  public void write(ByteBuffer bytes) {
    begin();
    int count = bytes.remaining();
    try {
      records.write(bytes);
      sync.written(count);
      state = State.WRITING;
    } catch (IOException e) {
      throw room.failure(e);
    }
  }

  @Override
  public Segment endRecord() {
    begin();
    try {
      var segment = records.endRecord();
      state = State.WRITING;
      return segment;
    } catch (IOException e) {
      throw room.failure(e);
    }
  }

  @Override
  public long size() {
    return records.size();
  }

  /** Takes the first {@code sizeBytes} bytes of the file for the beginning of its open record. */
  void adopt(long sizeBytes, Consumer<ByteBuffer> bytes) throws IOException {
    begin();
    channel.truncate(sizeBytes);
    var piece = ByteBuffer.allocate(RecordFormat.BLOCK_BYTES);
    for (long at = 0; at < sizeBytes; at += piece.limit()) {
      piece.clear().limit((int) Math.min(piece.capacity(), sizeBytes - at));
      while (piece.hasRemaining()) {
        if (disk.read(channel, piece, at + piece.position()) < 0) {
          throw new IOException("unfinished store file ends at " + (at + piece.position()));
        }
      }
      records.adopt(piece.flip());
      bytes.accept(piece.asReadOnlyBuffer());
    }
    state = State.WRITING;
  }

  @Override
  public long checkpoint() {
    begin();
    try {
      long size = records.size();
      force();
      state = State.WRITING;
      return size;
    } catch (IOException e) {
      throw room.failure(e);
    }
  }

  @Override
  public void park() {
    if (state != State.CLOSED) {
      state = state == State.KEPT ? State.KEPT : State.PARKED;
      close();
    }
  }

  @Override
  public void close() {
    if (state == State.CLOSED) {
      return;
    }
    State last = state;
    state = State.CLOSED;
    try (channel;
        RecordWriter _ = records) {
      if (last != State.KEPT && last != State.PARKED) {
        disk.delete(layout.incoming(name));
      }
      if (last != State.KEPT) {
        disk.delete(layout.visible(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Refuses a writer that cannot be committed; otherwise nothing but a commit may follow. */
  void beginCommit() {
    if (records.recordOpen()) {
      throw new IllegalStateException("store file has an open record: " + name.text());
    }
    begin();
  }

  /** Makes the bytes durable. */
  void force() throws IOException {
    if (gathered != null) {
      gathered.flush();
    }
    sync.force();
  }

  /** Moves the file to its visible place. */
  void show() throws IOException {
    disk.rename(layout.incoming(name), layout.visible(name));
  }

  /** The directory of the visible place. */
  Path shard() {
    return layout.shard(name);
  }

  /** From now on {@link #close} leaves the file where it is. */
  void keep() {
    state = State.KEPT;
  }

  /** Holds the writer for spent until the call that begins has ended well. */
  private void begin() {
    if (state != State.WRITING) {
      throw new IllegalStateException("store file takes no more bytes: " + name.text());
    }
    state = State.SPENT;
  }
}
