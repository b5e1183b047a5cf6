package io.consigne.core.blobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** Writes a store file of {@link MemoryBlobs}. */
final class MemoryWriter implements StoreFileWriter {
  private final StoreFileName name;
  private final MemoryFile bytes = new MemoryFile();
  private final RecordWriter records;
  private boolean done;

  /** Writes the store file {@code name}. */
  MemoryWriter(StoreFileName name) {
    this.name = name;
    this.records = new RecordWriter(name, bytes, MemoryFile::new);
  }

  @Override
  public String name() {
    return name.text();
  }

  @Override
  public void write(ByteBuffer from) {
    checkWriting();
    try {
      records.write(from);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Segment endRecord() {
    checkWriting();
    try {
      return records.endRecord();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long size() {
    return records.size();
  }

  @Override
  public void close() {
    done = true;
  }

  /** Refuses a writer that cannot be committed; otherwise it takes no more bytes. */
  void beginCommit() {
    if (records.recordOpen()) {
      throw new IllegalStateException("store file has an open record: " + name.text());
    }
    checkWriting();
    done = true;
  }

  /** The bytes of the store file. */
  MemoryFile bytes() {
    return bytes;
  }

  private void checkWriting() {
    if (done) {
      throw new IllegalStateException("store file takes no more bytes: " + name.text());
    }
  }
}
