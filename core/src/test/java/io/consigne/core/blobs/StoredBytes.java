package io.consigne.core.blobs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes and reads whole segments, for tests. */
public final class StoredBytes {
  private StoredBytes() {}

  /** {@code count} bytes, the same ones for each {@code seed}. */
  public static byte[] random(int seed, int count) {
    var bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Keeps {@code bytes} as the one record of a store file of its own. */
  public static Segment keep(Blobs blobs, byte[] bytes) {
    try (var writer = blobs.create()) {
      writer.write(ByteBuffer.wrap(bytes));
      var segment = writer.endRecord();
      blobs.commit(List.of(writer));
      return segment;
    }
  }

  /** Appends contents, and lets go of their pack. */
  public static List<Segment> append(Blobs blobs, List<byte[]> contents) {
    try (var appended = blobs.append(contents.stream().map(ByteBuffer::wrap).toList())) {
      return appended.segments();
    }
  }

  /** The records of a store file, found from its end to its begin, without a database. */
  public static List<Segment> walk(Blobs blobs, String storeFile, byte[] bytes) {
    var found = new ArrayList<Segment>();
    long end = bytes.length;
    while (end > 0) {
      var footer = ByteBuffer.wrap(bytes);
      int at = Math.toIntExact(end) - RecordFormat.FOOTER_BYTES;
      var segment = new Segment(storeFile, footer.getLong(at + 16), footer.getLong(at + 24));
      read(blobs, segment);
      found.add(segment);
      end = segment.offset();
    }
    return found.reversed();
  }

  /** Reads a whole segment. */
  public static byte[] read(Blobs blobs, Segment segment) {
    return read(blobs, segment, 0, segment.length());
  }

  /** Reads a whole content. */
  public static byte[] readAll(Blobs blobs, List<Segment> segments) {
    var bytes = new ByteArrayOutputStream();
    for (Segment segment : segments) {
      bytes.writeBytes(read(blobs, segment));
    }
    return bytes.toByteArray();
  }

  /** Reads a range of a segment. */
  public static byte[] read(Blobs blobs, Segment segment, long from, long to) {
    var bytes = new ByteArrayOutputStream();
    try (var reader = blobs.open(segment, from, to)) {
      drain(reader, bytes);
    }
    return bytes.toByteArray();
  }

  /** Copies to {@code bytes} what {@code reader} still has. */
  static void drain(BlobReader reader, ByteArrayOutputStream bytes) {
    for (var buffer = reader.next(); buffer != null; buffer = reader.next()) {
      var piece = new byte[buffer.remaining()];
      buffer.get(piece);
      bytes.writeBytes(piece);
    }
  }
}
