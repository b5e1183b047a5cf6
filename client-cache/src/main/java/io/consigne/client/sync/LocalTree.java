package io.consigne.client.sync;

import io.consigne.client.transfer.LocalName;
import io.consigne.client.transfer.Unfinished;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The regular files below a folder of this machine. Symbolic links are skipped.
 *
 * @param files by their path below the folder, with slashes
 * @param unread what could not be read, by path as text, which several names may share: of what is
 *     there nothing is known
 * @param halves of downloads, which are skipped on both sides
 */
record LocalTree(
    Map<String, LocalFile> files, Map<String, List<Unread>> unread, Set<String> halves) {
  /** No files. */
  static final LocalTree EMPTY = new LocalTree(Map.of(), Map.of(), Set.of());

  /**
   * All files below a folder, which may itself be named by a symbolic link.
   *
   * @throws IOException if the folder itself cannot be read: what is not seen must not count as
   *     removed
   */
  static LocalTree of(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NotDirectoryException(folder.toString());
    }
    var walk =
        new Walk(
            folder.toRealPath(), new LocalTree(new TreeMap<>(), new TreeMap<>(), new HashSet<>()));
    Files.walkFileTree(walk.root, walk);
    return walk.tree;
  }

  /** Whether a file may be at a path, or below, of which nothing is known. */
  boolean isUnread(String path) {
    if (files.containsKey(path)) {
      return false;
    }
    for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
      if (unread.containsKey(path.substring(0, end))) {
        return true;
      }
    }
    return false;
  }

  /** The half that a download of the file at a remote path has left here, if there is one. */
  Optional<String> halfOf(String path) {
    return halves.stream().filter(half -> isHalfOf(half, path)).sorted().findFirst();
  }

  /** The remote file may be a folder of parts. */
  private static boolean isHalfOf(String half, String path) {
    String folder = half.substring(0, half.lastIndexOf('/') + 1);
    if (!path.startsWith(folder)) {
      return false;
    }
    String below = path.substring(folder.length());
    int slash = below.indexOf('/');
    String name = slash < 0 ? below : Unfinished.ofParts(below.substring(0, slash));
    return !name.isEmpty() && Unfinished.isHalfOf(half.substring(folder.length()), name);
  }

  private record Walk(Path root, LocalTree tree) implements FileVisitor<Path> {
    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (folder.equals(root) || LocalName.isText(folder.getFileName())) {
        return FileVisitResult.CONTINUE;
      }
      addUnread(folder, new IOException(LocalName.refusal()), null);
      return FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && Unfinished.isHalf(file)) {
        tree.halves.add(path(file));
      } else if (attributes.isRegularFile()) {
        var found =
            new LocalFile(file, attributes.size(), attributes.lastModifiedTime().toInstant());
        if (LocalName.isText(file.getFileName())) {
          tree.files.put(path(file), found);
        } else {
          addUnread(file, new IOException(LocalName.refusal()), found);
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
      if (file.equals(root)) {
        throw why;
      }
      addUnread(file, why, null);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException why)
        throws IOException {
      return why == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, why);
    }

    private void addUnread(Path file, IOException why, @Nullable LocalFile known) {
      tree.unread
          .computeIfAbsent(path(file), _ -> new ArrayList<>(1))
          .add(new Unread(LocalName.shown(root.relativize(file)), why, known));
    }

    private String path(Path file) {
      return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }
  }
}
