package io.consigne.core.blobs;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Lays records one after the other into the bytes of a store file. */
final class RecordWriter implements AutoCloseable {
  private final StoreFileName name;
  private final WritableBytes file;
  private final BlockSum block;
  private final BlockSums sums;
  private long recordStart;
  private long end;
  private int blockFill;
  private boolean recordOpen;

  /** Writes to the empty {@code file}. */
  RecordWriter(StoreFileName name, WritableBytes file, StoreBytes.Scratch scratch) {
    this.name = name;
    this.file = file;
    this.block = new BlockSum(name);
    this.sums = new BlockSums(scratch);
  }

  /** Makes the next record begin at {@code position}; none is open. */
  void moveTo(long position) {
    recordStart = position;
    end = position;
  }

  /** Appends {@code bytes} to the open record, opening one if none is. */
  void write(ByteBuffer bytes) throws IOException {
    recordOpen = true;
    int count = bytes.remaining();
    checksum(bytes.duplicate(), end);
    file.write(bytes, end);
    end += count;
  }

  /** Takes {@code bytes}, which stand in the file already, for the next ones of the open record. */
  void adopt(ByteBuffer bytes) throws IOException {
    recordOpen = true;
    end += bytes.remaining();
    checksum(bytes.duplicate(), end - bytes.remaining());
  }

  /** Ends the open record, or adds an empty one. */
  Segment endRecord() throws IOException {
    if (blockFill > 0) {
      endBlock();
    }
    var segment = new Segment(name.text(), recordStart, end - recordStart);
    var footer = RecordFormat.footer(name, segment.offset(), segment.length());
    end += sums.writeTo(file, end, footer);
    recordStart = end;
    recordOpen = false;
    return segment;
  }

  /** Whether bytes were written since the last record ended. */
  boolean recordOpen() {
    return recordOpen;
  }

  /** How many bytes the store file has so far. */
  long size() {
    return end;
  }

  @Override
  public void close() throws IOException {
    sums.close();
  }

  private void checksum(ByteBuffer bytes, long from) throws IOException {
    long position = from;
    int limit = bytes.limit();
    while (bytes.position() < limit) {
      if (blockFill == 0) {
        block.begin(position);
      }
      int count = Math.min(limit - bytes.position(), RecordFormat.BLOCK_BYTES - blockFill);
      block.update(bytes.limit(bytes.position() + count));
      blockFill += count;
      position += count;
      if (blockFill == RecordFormat.BLOCK_BYTES) {
        endBlock();
      }
    }
  }

  private void endBlock() throws IOException {
    sums.add(block.value());
    blockFill = 0;
  }
}
