package io.consigne.client.transfer;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is whole gets its name. */
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
      return;
    }
    Files.delete(file);
  }
}
