package io.consigne.core.blobs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A store file of this run that takes, or took, the records of many callers. */
final class Pack {
  private final PackFile file;
  private final GatheredBytes gathered;
  private final RecordWriter records;
  private final AtomicInteger holds = new AtomicInteger();
  private long durableBytes;

  /** Writes to {@code file} what it gathers in the empty {@code buffer}. */
  Pack(PackFile file, ByteBuffer buffer) {
    this.file = file;
    this.gathered = new GatheredBytes(file, buffer);
    this.records = new RecordWriter(file.name(), gathered, Pack::noScratch);
  }

  /** The store file's name. */
  String name() {
    return file.name().text();
  }

  /** How many bytes it has, as far as they are durable. */
  long size() {
    return durableBytes;
  }

  /** Whether nobody has removed it or cut it short behind our back. */
  boolean isInPlace() throws IOException {
    return file.isInPlace(durableBytes);
  }

  /** Lays a record for each content behind the others; durable from the next {@link #sync} on. */
  List<Segment> add(List<ByteBuffer> contents) throws IOException {
    var segments = new ArrayList<Segment>(contents.size());
    for (ByteBuffer content : contents) {
      records.write(content.duplicate());
      segments.add(records.endRecord());
    }
    return segments;
  }

  /** Makes all records durable with one sync. */
  void sync() throws IOException {
    gathered.flush();
    file.force();
    durableBytes = records.size();
  }

  /** Ends it after a fault: what is not durable is cut off. */
  void abandon() throws IOException {
    file.cut(durableBytes);
  }

  /** Ends it. */
  void close() throws IOException {
    file.close();
  }

  /** Counts somebody who needs it to stay. */
  void hold() {
    holds.incrementAndGet();
  }

  /** Counts one less. */
  void release() {
    holds.decrementAndGet();
  }

  /** Whether somebody needs it to stay. */
  boolean isHeld() {
    return holds.get() > 0;
  }

  private static StoreBytes noScratch() throws IOException {
    throw new IOException("a content is too large for a pack");
  }
}
