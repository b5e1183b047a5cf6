package io.consigne.server.scan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a stream of any length and kind in windows that overlap, so that no key is cut by a border;
 * what stands around a key counts up to {@link #OVERLAP} bytes. NUL bytes are skipped, so that
 * UTF-16 reads like ASCII.
 */
public final class KeyScan {
  private static final int WINDOW = 256 * 1024;

  /** How far a rule looks. */
  static final int OVERLAP = 4 * 1024;

  private final Consumer<FoundKey> found;
  private final byte[] window;
  private final Set<Long> seen = new HashSet<>();
  private int length;
  private long before;
  private long lines = 1;

  private KeyScan(Consumer<FoundKey> found, int window) {
    this.found = found;
    this.window = new byte[window];
  }

  /** Tells {@code found} of each key in the stream; returns how many bytes were read. */
  public static long run(InputStream in, Consumer<FoundKey> found) throws IOException {
    return run(in, found, WINDOW);
  }

  static long run(InputStream in, Consumer<FoundKey> found, int window) throws IOException {
    return new KeyScan(found, window).read(in);
  }

  private long read(InputStream in) throws IOException {
    long total = 0;
    while (true) {
      int read = in.read(window, length, window.length - length);
      if (read < 0) {
        look(true);
        return total;
      }
      total += read;
      length = withoutNuls(length, length + read);
      if (length == window.length) {
        look(false);
        keepTail();
      }
    }
  }

  private int withoutNuls(int from, int to) {
    int end = from;
    for (int i = from; i < to; i++) {
      if (window[i] != 0) {
        window[end++] = window[i];
      }
    }
    return end;
  }

  /** Looks at the window; what touches its border is looked at again with what follows. */
  private void look(boolean last) {
    String text = new String(window, 0, length, StandardCharsets.ISO_8859_1);
    List<KeyRules.Place> places =
        KeyRules.find(text)
            .filter(place -> last || place.to() < length)
            .filter(place -> before == 0 || place.from() > 0)
            .filter(place -> seen.add(before + place.at()))
            .sorted(Comparator.comparingInt(KeyRules.Place::at))
            .toList();
    for (KeyRules.Place place : places) {
      long line = lines + newlines(place.at());
      found.accept(new FoundKey(place.kind(), line, place.secret()));
    }
  }

  private void keepTail() {
    int gone = length - OVERLAP;
    lines += newlines(gone);
    before += gone;
    System.arraycopy(window, gone, window, 0, OVERLAP);
    length = OVERLAP;
    seen.removeIf(at -> at < before);
  }

  private long newlines(int end) {
    long count = 0;
    for (int i = 0; i < end; i++) {
      if (window[i] == '\n') {
        count++;
      }
    }
    return count;
  }
}
