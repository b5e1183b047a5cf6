package io.consigne.client.transfer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is whole gets its name, which is on disk then, where the system lets a program see to
 * that. Its bytes are the caller's.
 */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Gives a file a name that is free. Where the file system has hard links, nothing that comes
   * meanwhile is ever replaced; where it has none, as FAT and exFAT, the name is looked for just
   * before.
   *
   * @param file that is whole; it has its former name no more
   * @param name in the same folder
   * @throws FileAlreadyExistsException if the name is taken; the file stays as it is
   * @throws IOException if the file system does not take the name
   */
  public static void name(Path file, Path name) throws IOException {
    try {
      Files.createLink(name, file);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.move(file, name);
      sync(name);
      return;
    }
    Files.delete(file);
    sync(name);
  }

  /**
   * Gives a file a name in the place of whatever has it.
   *
   * @param file that is whole; it has its former name no more
   * @param name in the same folder
   * @throws IOException if the file system does not take the name
   */
  public static void replace(Path file, Path name) throws IOException {
    Files.move(file, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    // A try that ended between link and deletion left both names of one file: no move then.
    Files.deleteIfExists(file);
    sync(name);
  }

  private static void sync(Path name) {
    Path folder = name.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    try (FileChannel open = FileChannel.open(folder, StandardOpenOption.READ)) {
      open.force(true);
    } catch (IOException e) {
      // Windows knows no such thing, nor do some file systems of a network, and a folder that
      // may be written may not be read. Where it is the disk that fails, no name would stand.
    }
  }
}
