package io.consigne.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Directories whose entries survive a power cut, and what this user alone can open. */
final class Directories {
  private static final Logger LOG = LoggerFactory.getLogger(Directories.class);
  private static final FileAttribute<?> FOR_THIS_USER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");

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

  /**
   * Takes a file or directory that is there from everybody but this user. One that is not ours to
   * close stays open, and the log says so.
   */
  static void closeToOthers(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    Set<PosixFilePermission> all = Files.getPosixFilePermissions(path);
    Set<PosixFilePermission> own = EnumSet.copyOf(OWN);
    own.retainAll(all);
    if (own.equals(all)) {
      return;
    }
    try {
      Files.setPosixFilePermissions(path, own);
      LOG.info("Others could open {}: now this user alone can", path);
    } catch (FileSystemException e) {
      LOG.warn("Others of this machine can open {}, which is another user's", path);
    }
  }

  /** Makes the entries of a directory survive a power cut. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
