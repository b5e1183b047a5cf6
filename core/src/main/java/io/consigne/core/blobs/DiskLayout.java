package io.consigne.core.blobs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where a {@link DiskBlobs} keeps its files.
 *
 * @param directory holds {@code incoming/} and the shards {@code 00/} to {@code ff/}, each made
 *     when it is first needed
 */
record DiskLayout(Path directory) {
  private static final Pattern SHARD = Pattern.compile("[0-9a-f]{2}");

  /** Creates the directories that every store has, and makes what stands here durable. */
  void create(Disk disk) throws IOException {
    Files.createDirectories(incoming());
    disk.forceDirectory(directory);
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      disk.forceDirectory(parent);
    }
  }

  /** Where a store file is while it is written. */
  Path incoming(StoreFileName name) {
    return incoming().resolve(name.text());
  }

  /** Where a store file is from its commit on. */
  Path visible(StoreFileName name) {
    return shard(name).resolve(name.text());
  }

  /** The directory of {@link #visible}. */
  Path shard(StoreFileName name) {
    return directory.resolve(name.shard());
  }

  /** The directory of unfinished files. */
  Path incoming() {
    return directory.resolve("incoming");
  }

  /** Opens the file that an upload left unfinished. */
  FileChannel openUnfinished(StoreFileName name) throws IOException {
    return FileChannel.open(incoming(name), StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Opens a file beside the incoming one, which has no directory entry any more. */
  FileChannel openScratch(StoreFileName name) throws IOException {
    return FileChannel.open(
        incoming().resolve(name.text() + ".sums"),
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** The shards that there are. */
  List<Path> shards() throws IOException {
    return entries(directory).stream()
        .filter(entry -> SHARD.matcher(entry.getFileName().toString()).matches())
        .toList();
  }

  /** What stands in {@code directory} now. */
  static List<Path> entries(Path directory) throws IOException {
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      var entries = new ArrayList<Path>();
      stream.forEach(entries::add);
      return entries;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
