package io.consigne.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Directories whose entries survive a power cut. */
final class Directories {
  private static final FileAttribute<?> FOR_THIS_USER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private Directories() {}

  /**
   * Makes a directory, and those above it, readable for this user alone, unless they are there.
   * When this returns, it survives a power cut, also if an earlier start made it and was cut off.
   */
  static void make(Path directory) throws IOException {
    Path parent = directory.getParent();
    if (parent == null) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      make(parent);
      Files.createDirectories(directory, FOR_THIS_USER);
      sync(parent);
    } else if (Files.isReadable(parent)) {
      sync(parent);
    }
  }

  /** Makes the entries of a directory survive a power cut. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
