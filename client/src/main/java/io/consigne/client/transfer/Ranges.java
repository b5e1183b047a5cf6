package io.consigne.client.transfer;

import io.consigne.client.model.Checksums;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The ranges of a file that is being fetched, and how far each is. */
final class Ranges {
  /** What each state begins with. */
  static final String HEAD = "consigne-download ";

  private final long sizeBytes;
  private final long rangeBytes;
  private final long[] done;

  private Ranges(long sizeBytes, long rangeBytes) {
    this.sizeBytes = sizeBytes;
    this.rangeBytes = rangeBytes;
    this.done = new long[(int) Math.max(1, Math.ceilDiv(sizeBytes, rangeBytes))];
  }

  /** Nothing done; a file of less than two ranges is one. */
  static Ranges fresh(DownloadSource source, long rangeBytes) {
    boolean large = source.sizeBytes() >= 2 * rangeBytes;
    return new Ranges(source.sizeBytes(), large ? rangeBytes : Math.max(1, source.sizeBytes()));
  }

  /** What a state says; empty if it is of another file, or none. */
  static Optional<Ranges> parse(String text, DownloadSource source) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    String head = lines.getFirst();
    int space = head.lastIndexOf(' ');
    if (space < 0 || !head.substring(space + 1).matches("[1-9][0-9]{0,17}")) {
      return Optional.empty();
    }
    var ranges = new Ranges(source.sizeBytes(), Long.parseLong(head.substring(space + 1)));
    boolean same = head.equals(ranges.head(source)) && lines.size() == ranges.count() + 1;
    return same && ranges.read(lines.subList(1, lines.size()))
        ? Optional.of(ranges)
        : Optional.empty();
  }

  private boolean read(List<String> lines) {
    for (int range = 0; range < done.length; range++) {
      String line = lines.get(range);
      if (!line.matches("[0-9]{19}") || Long.parseLong(line) > length(range)) {
        return false;
      }
      done[range] = Long.parseLong(line);
    }
    return true;
  }

  synchronized String text(DownloadSource source) {
    var text = new StringBuilder(head(source)).append('\n');
    for (long bytes : done) {
      text.append("%019d\n".formatted(bytes));
    }
    return text.toString();
  }

  private String head(DownloadSource source) {
    Checksums sums = source.checksums();
    String sum = sums.sha256() == null ? sums.whirlpool() : sums.sha256();
    return (HEAD + "1 %s %d %s %d")
        .formatted(source.link().id(), sizeBytes, sum == null ? "-" : sum, rangeBytes);
  }

  int count() {
    return done.length;
  }

  long first(int range) {
    return range * rangeBytes;
  }

  long length(int range) {
    return Math.min(rangeBytes, sizeBytes - first(range));
  }

  synchronized long done(int range) {
    return done[range];
  }

  synchronized void done(int range, long bytes) {
    done[range] = bytes;
  }

  /** All bytes that are there. */
  synchronized long doneBytes() {
    return Arrays.stream(done).sum();
  }

  /** The end of the last byte that is there. */
  synchronized long reach() {
    long reach = 0;
    for (int range = 0; range < done.length; range++) {
      reach = done[range] > 0 ? first(range) + done[range] : reach;
    }
    return reach;
  }
}
