package io.consigne.client.split;

import io.consigne.client.transfer.Unfinished;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the parts of a file are. The file's name is that of the folder without {@link #FOLDER_END}.
 *
 * @param modified when the file was changed last
 * @param parts in order
 */
public record Manifest(Instant modified, List<Part> parts) {
  /** The name of its file. */
  public static final String NAME = "manifest";

  /** How the names of folders end that are a file in parts. */
  public static final String FOLDER_END = Unfinished.PARTS;

  /** The longest text of one, in bytes. */
  public static final int LONGEST = 1 << 20;

  private static final String HEAD = "consigne-split 1";
  private static final Pattern PART =
      Pattern.compile("part ([0-9]{4}) ([0-9]{1,18}) ([0-9a-f]{64})");

  /** Copies; refuses a file without parts. */
  public Manifest {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a file in parts has at least one");
    }
  }

  /**
   * One part.
   *
   * @param name of its file
   * @param sizeBytes its length
   * @param sha256 of its bytes, in small digits
   */
  public record Part(String name, long sizeBytes, String sha256) {}

  /** {@return the length of the whole file} */
  public long sizeBytes() {
    return parts.stream().mapToLong(Part::sizeBytes).sum();
  }

  /** {@return a few digits that tell this manifest from others} */
  public String mark() {
    return HexFormat.of().toHexDigits(text().hashCode());
  }

  /** {@return the manifest as it is stored, in lines} */
  public String text() {
    var text = new StringBuilder(HEAD).append('\n');
    text.append("size ").append(sizeBytes()).append('\n');
    text.append("modified ").append(modified).append('\n');
    for (Part part : parts) {
      text.append("part %s %d %s\n".formatted(part.name(), part.sizeBytes(), part.sha256()));
    }
    return text.toString();
  }

  /**
   * Reads a manifest; empty if it is none, or not whole.
   *
   * @param text as it is stored
   * @return the manifest, if it is one
   */
  public static Optional<Manifest> parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() < 4 || !lines.getFirst().equals(HEAD) || !text.endsWith("\n")) {
      return Optional.empty();
    }
    var parts = new ArrayList<Part>();
    for (String line : lines.subList(3, lines.size())) {
      Matcher part = PART.matcher(line);
      if (!part.matches() || !part.group(1).equals(Pieces.name(parts.size()))) {
        return Optional.empty();
      }
      parts.add(new Part(part.group(1), Long.parseLong(part.group(2)), part.group(3)));
    }
    try {
      var manifest = new Manifest(Instant.parse(lines.get(2).replaceFirst("modified ", "")), parts);
      boolean whole = lines.get(1).equals("size " + manifest.sizeBytes());
      return whole ? Optional.of(manifest) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
