package io.consigne.core.blobs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A pack of the file system.
 *
 * @param disk does the writing
 * @param name the store file's name
 * @param path its visible place
 * @param key what tells the file from another at the same place
 * @param channel the open file
 */
record DiskPackFile(Disk disk, StoreFileName name, Path path, Object key, FileChannel channel)
    implements PackFile {
  @Override
  public void write(ByteBuffer bytes, long position) throws IOException {
    disk.write(channel, bytes, position);
  }

  @Override
  public void force() throws IOException {
    disk.forceData(channel);
  }

  @Override
  public boolean isInPlace(long sizeBytes) throws IOException {
    try {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      return key.equals(found.fileKey()) && found.size() >= sizeBytes;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void cut(long sizeBytes) throws IOException {
    channel.close();
    disk.cut(path, sizeBytes);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
