package io.consigne.core.blobs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * An open file of the file system.
 *
 * @param disk does the reading and writing
 * @param channel the file
 */
record DiskFile(Disk disk, FileChannel channel) implements StoreBytes {
  @Override
  public void write(ByteBuffer bytes, long position) throws IOException {
    disk.write(channel, bytes, position);
  }

  @Override
  public void read(ByteBuffer into, long position) throws IOException {
    long at = position;
    while (into.hasRemaining()) {
      int count = disk.read(channel, into, at);
      if (count < 0) {
        return;
      }
      at += count;
    }
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
