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
import java.util.zip.CRC32C;

/** The files that a download writes before its target has a name. What is in their way stays. */
public final class Unfinished {
  private static final Pattern JOINED =
      Pattern.compile(".+\\.joined-[0-9a-f]{8}(\\.[0-9]+)?", Pattern.DOTALL);

  private static final Pattern JOINED_END = Pattern.compile("\\.joined-[0-9a-f]{8}(\\.[0-9]+)?$");

  /** The end of the name of a folder at a host that is a file in parts. */
  public static final String PARTS = ".split";

  private static final String PART = ".part";
  private static final String STATE = ".state";

  /** What file systems take, in bytes. */
  private static final int NAME_BYTES = 255;

  /** A tilde and eight digits. */
  private static final int MARK = 9;

  private static final int LONGEST = NAME_BYTES - (PART + STATE).length();

  /** With room for the mark, and for where a piece begins. */
  private static final int LONGEST_JOINED = LONGEST - ".joined-12345678.".length() - 19;

  private Unfinished() {}

  /**
   * {@return what a file in parts is called until all are joined}
   *
   * @param target that it is to be in the end
   * @param mark of its manifest, 8 hexadecimal digits
   */
  public static Path joined(Path target, String mark) {
    return target.resolveSibling(stem(name(target), LONGEST_JOINED) + ".joined-" + mark);
  }

  /** Where the bytes of a target are until it is whole. */
  static Path part(Path target) {
    return target.resolveSibling(part(name(target)));
  }

  /** Where it stands which of them are there. */
  static Path state(Path target) {
    return target.resolveSibling(part(name(target)) + STATE);
  }

  /** What the bytes of a file of that name are called, without a folder. */
  static String part(String name) {
    return stem(name, LONGEST) + PART;
  }

  private static String name(Path target) {
    return String.valueOf(target.getFileName());
  }

  /** The name; of one that leaves no room for more its beginning, and a sum of all of it. */
  private static String stem(String name, int longest) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= longest) {
      return name;
    }
    var sum = new CRC32C();
    sum.update(bytes);
    int end = name.length();
    while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > longest - MARK) {
      end = name.offsetByCodePoints(end, -1);
    }
    return name.substring(0, end) + "~%08x".formatted(sum.getValue());
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

  /**
   * {@return whether a half is called as a download of a file calls it}
   *
   * @param half name of a file that {@link #isHalf} takes for one
   * @param name of the file that is fetched, which may be in parts at the host
   */
  public static boolean isHalfOf(String half, String name) {
    String part = without(PART, without(STATE, half));
    String joined = JOINED_END.matcher(part).replaceFirst("");
    return part.equals(stem(name, LONGEST)) || joined.equals(stem(name, LONGEST_JOINED));
  }

  /**
   * {@return the name of a file that is in parts at the host; empty if it is a folder like others}
   *
   * @param folder name of the folder with the parts
   */
  public static String ofParts(String folder) {
    return folder.endsWith(PARTS) ? without(PARTS, folder) : "";
  }

  private static String without(String end, String name) {
    return name.endsWith(end) ? name.substring(0, name.length() - end.length()) : name;
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
