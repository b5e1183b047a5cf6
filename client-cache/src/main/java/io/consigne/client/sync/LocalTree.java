package io.consigne.client.sync;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;

/** The regular files below a folder of this machine. Symbolic links are passed over. */
final class LocalTree {
  private LocalTree() {}

  /**
   * All files by their path below {@code folder}, with slashes; the folder itself may be named by a
   * symbolic link.
   *
   * @throws IOException if any folder cannot be read, or the names of two files are one in text:
   *     what is not seen must not count as removed
   */
  static Map<String, LocalFile> of(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    Path root = folder.toRealPath();
    var files = new TreeMap<String, LocalFile>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile() && !isPart(file)) {
              String path = path(root, file);
              var found =
                  new LocalFile(file, attributes.size(), attributes.lastModifiedTime().toInstant());
              if (files.put(path, found) != null) {
                throw new FileSystemException(
                    path,
                    null,
                    "is the name of two files, as their bytes are no UTF-8; rename one");
              }
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  /** Half of a download is no file of its own. */
  private static boolean isPart(Path file) {
    String name = String.valueOf(file.getFileName());
    boolean half = name.endsWith(".part") && Files.exists(file.resolveSibling(name + ".state"));
    return half || name.endsWith(".part.state");
  }

  private static String path(Path root, Path file) {
    return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
  }
}
