package io.consigne.client.transfer;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/** The files that a download writes before its target has a name. What is in their way stays. */
public final class Unfinished {
  private static final Pattern JOINED =
      Pattern.compile(".+\\.joined-[0-9a-f]{8}(\\.[0-9]+)?", Pattern.DOTALL);

  private static final String PART = ".part";
  private static final String STATE = ".state";

  private Unfinished() {}

  /**
   * {@return what a file in parts is called until all are joined}
   *
   * @param target that it is to be in the end
   * @param mark of its manifest, 8 hexadecimal digits
   */
  public static Path joined(Path target, String mark) {
    return target.resolveSibling(target.getFileName() + ".joined-" + mark);
  }

  /**
   * {@return whether a local file is one that a download has left: the half of a file, or what says
   * of it what is there} A file that only has such a name is somebody's own.
   *
   * @param file with any name
   */
  public static boolean isHalf(Path file) {
    String name = String.valueOf(file.getFileName());
    return JOINED.matcher(name).matches()
        || (name.endsWith(PART) && isState(file, file.resolveSibling(name + STATE)))
        || (name.endsWith(PART + STATE)
            && isState(
                file.resolveSibling(name.substring(0, name.length() - STATE.length())), file));
  }

  /** Whether a file is the state of a part: of one that ended early, both are empty. */
  private static boolean isState(Path part, Path state) {
    try (InputStream in = Files.newInputStream(state, LinkOption.NOFOLLOW_LINKS)) {
      String head = new String(in.readNBytes(Ranges.HEAD.length()), StandardCharsets.US_ASCII);
      boolean isEmpty = head.isEmpty() && (Files.notExists(part) || Files.size(part) == 0);
      return isEmpty || head.equals(Ranges.HEAD);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Refuses what is no file of a download: a folder, a symbolic link, what cannot be written.
   *
   * @param file that a download is about to write
   * @throws FileAlreadyExistsException if it is such a thing
   */
  public static void require(Path file) throws FileAlreadyExistsException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      refuse(file, !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
      if (!Files.isReadable(file) || !Files.isWritable(file)) {
        throw new FileAlreadyExistsException(
            file.toString(), null, "it may not be read and written; move it away");
      }
    }
  }

  static void refuse(Path file, boolean isOther) throws FileAlreadyExistsException {
    if (isOther) {
      throw new FileAlreadyExistsException(
          file.toString(), null, "this program did not make it; move it away");
    }
  }

  /**
   * Refuses a folder in the place of a file that is to be replaced.
   *
   * @param target that a download is to have in the end
   * @throws FileAlreadyExistsException if it is a folder
   */
  public static void requireNoFolder(Path target) throws FileAlreadyExistsException {
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(
          target.toString(), null, "it is a folder, and no file takes its place; move it away");
    }
  }

  /** Opens a file, with a failure that tells its reason apart from the name. */
  static RandomAccessFile open(Path file) throws IOException {
    try {
      return new RandomAccessFile(file.toFile(), "rw");
    } catch (FileNotFoundException e) {
      Files.newByteChannel(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)
          .close();
      throw e;
    }
  }
}
