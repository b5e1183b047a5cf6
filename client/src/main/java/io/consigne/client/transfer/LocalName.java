package io.consigne.client.transfer;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names of local files as text. On Unix a name is any bytes, and a host's names are text: a file
 * whose name is none cannot be sent under its own name.
 */
public final class LocalName {
  /** What the JDK shows in the place of bytes that are no text. */
  private static final char REPLACEMENT = '\ufffd';

  private static final Pattern BEYOND_ASCII = Pattern.compile("%([89A-Fa-f][0-9A-Fa-f])");

  private LocalName() {}

  /**
   * {@return whether all of a path is text in the encoding that this process has for names}
   *
   * @param path of a local file, as a folder lists it
   */
  public static boolean isText(Path path) {
    String text = path.toString();
    if (text.indexOf(REPLACEMENT) < 0) {
      return true;
    }
    try {
      return path.getFileSystem().getPath(text).equals(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * {@return a path as people are shown it} In a name that is no text the bytes beyond ASCII are
   * written as {@code \xe9}, which a shell takes within {@code $'…'}.
   *
   * @param path of a local file
   */
  public static String shown(Path path) {
    if (isText(path)) {
      return path.toString();
    }
    List<String> names = new ArrayList<>();
    path.forEach(name -> names.add(isText(name) ? name.toString() : escaped(name)));
    Path root = path.getRoot();
    return (root == null ? "" : root) + String.join(path.getFileSystem().getSeparator(), names);
  }

  /** By the address of the file, where the bytes of its name are. */
  private static String escaped(Path name) {
    String address = name.toUri().getRawPath().replaceFirst("/$", "");
    String bytes =
        BEYOND_ASCII
            .matcher(address.substring(address.lastIndexOf('/') + 1))
            .replaceAll(hex -> "\\\\x" + hex.group(1).toLowerCase(Locale.ROOT));
    return URLDecoder.decode(bytes.replace("+", "%2B"), StandardCharsets.US_ASCII);
  }

  /** {@return why a file whose name is no text is left out, in a sentence without the name} */
  public static String refusal() {
    return "its name is no text in %s; rename it"
        .formatted(System.getProperty("sun.jnu.encoding", "the encoding of this system"));
  }
}
