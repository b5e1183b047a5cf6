package io.consigne.core.upkeep;

import io.consigne.core.ids.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Files and directories that only this user can read, made durable by name. */
final class PrivateFiles {
  private static final FileAttribute<?> FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private PrivateFiles() {}

  /** Makes a directory with all above it, durably; one that is there becomes private. */
  static void makeDirectory(Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (Files.isDirectory(directory) || parent == null) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      return;
    }
    if (!Files.isDirectory(parent)) {
      makeDirectory(parent);
    }
    Files.createDirectory(directory, DIRECTORY);
    sync(parent);
  }

  /** Makes an empty file. */
  static void make(Path file) throws IOException {
    Files.createFile(file, FILE);
  }

  /** Copies a file to a new one, synced, and says what was copied. */
  static Manifest.Entry copy(String name, Path from, Path to) throws IOException {
    MessageDigest sha256 = Sha256.digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(from), sha256);
        FileChannel channel =
            FileChannel.open(
                to, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE);
        OutputStream out = Channels.newOutputStream(channel)) {
      long size = in.transferTo(out);
      channel.force(true);
      return new Manifest.Entry(name, size, HexFormat.of().formatHex(sha256.digest()));
    }
  }

  /** Says what a file is. */
  static Manifest.Entry describe(String name, Path file) throws IOException {
    MessageDigest sha256 = Sha256.digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
      long size = in.transferTo(OutputStream.nullOutputStream());
      return new Manifest.Entry(name, size, HexFormat.of().formatHex(sha256.digest()));
    }
  }

  /** Makes a file's bytes, or a directory's entries, survive power loss. */
  static void sync(Path path) throws IOException {
    var how = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  /** What stands in a directory; nothing if it is missing. */
  static List<Path> list(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }

  /** Removes a directory with all that is in it. */
  static void remove(Path directory) throws IOException {
    try (Stream<Path> below = Files.walk(directory)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
