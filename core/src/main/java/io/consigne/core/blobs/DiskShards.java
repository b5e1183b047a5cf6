package io.consigne.core.blobs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The directories of visible store files: each is made, and made durable, before it is relied on.
 */
final class DiskShards {
  private final Path directory;
  private final Disk disk;
  private final Set<Path> durable = ConcurrentHashMap.newKeySet();

  /** Knows that the shards in {@code layout} are durable. */
  DiskShards(DiskLayout layout, Disk disk) throws IOException {
    this.directory = layout.directory();
    this.disk = disk;
    durable.addAll(layout.shards());
  }

  /** Makes {@code shard} if it is not there. */
  void prepare(Path shard) throws IOException {
    if (!durable.contains(shard)) {
      disk.createDirectory(shard);
    }
  }

  /** Makes the entries of {@code shards} durable, and the shards themselves. */
  void force(Collection<Path> shards) throws IOException {
    for (Path shard : shards) {
      disk.forceDirectory(shard);
    }
    if (!durable.containsAll(shards)) {
      disk.forceDirectory(directory);
      durable.addAll(shards);
    }
  }
}
