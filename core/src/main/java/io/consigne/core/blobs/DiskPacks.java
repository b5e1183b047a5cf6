package io.consigne.core.blobs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Supplier;

/**
 * Begins packs in the file system, each at its visible place.
 *
 * @param layout where
 * @param disk makes the system calls
 * @param room says whether there is room
 * @param shards make directory entries durable
 * @param names draws a name
 */
record DiskPacks(
    DiskLayout layout, Disk disk, DiskRoom room, DiskShards shards, Supplier<StoreFileName> names)
    implements PackFile.Source {
  @Override
  public PackFile begin() throws IOException {
    while (true) {
      StoreFileName name = names.get();
      Path shard = layout.shard(name);
      Path path = layout.visible(name);
      shards.prepare(shard);
      try {
        return begin(name, shard, path, disk.create(path));
      } catch (FileAlreadyExistsException e) {
        // Another name will do.
      }
    }
  }

  @Override
  public void require(long bytes) {
    room.require(bytes);
  }

  @Override
  public RuntimeException failure(IOException fault) {
    return room.failure(fault);
  }

  private PackFile begin(StoreFileName name, Path shard, Path path, FileChannel channel)
      throws IOException {
    boolean done = false;
    try {
      shards.force(List.of(shard));
      Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      done = true;
      return new DiskPackFile(disk, name, path, key, channel);
    } finally {
      if (!done) {
        try (channel) {
          disk.delete(path);
        }
      }
    }
  }
}
