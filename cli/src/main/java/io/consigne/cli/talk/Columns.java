package io.consigne.cli.talk;

/** Text in the columns of a terminal: letters of East Asia and most pictures take two. */
public final class Columns {
  private static final String ELLIPSIS = "…";

  /** First and last of the blocks whose signs take two columns (Unicode: East Asian Width W, F). */
  private static final int[] WIDE = {
    0x1100, 0x115f, 0x231a, 0x231b, 0x2329, 0x232a, 0x23e9, 0x23ec, 0x23f0, 0x23f0, 0x23f3, 0x23f3,
    0x25fd, 0x25fe, 0x2614, 0x2615, 0x2648, 0x2653, 0x267f, 0x267f, 0x2693, 0x2693, 0x26a1, 0x26a1,
    0x26aa, 0x26ab, 0x26bd, 0x26be, 0x26c4, 0x26c5, 0x26ce, 0x26ce, 0x26d4, 0x26d4, 0x26ea, 0x26ea,
    0x26f2, 0x26f3, 0x26f5, 0x26f5, 0x26fa, 0x26fa, 0x26fd, 0x26fd, 0x2705, 0x2705, 0x270a, 0x270b,
    0x2728, 0x2728, 0x274c, 0x274c, 0x274e, 0x274e, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797,
    0x27b0, 0x27b0, 0x27bf, 0x27bf, 0x2b1b, 0x2b1c, 0x2b50, 0x2b50, 0x2b55, 0x2b55, 0x2e80, 0x303e,
    0x3041, 0x4dbf, 0x4e00, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe10, 0xfe19,
    0xfe30, 0xfe6f, 0xff01, 0xff60, 0xffe0, 0xffe6, 0x16fe0, 0x18cff, 0x1b000, 0x1b2ff, 0x1f004,
    0x1f004, 0x1f0cf, 0x1f0cf, 0x1f18e, 0x1f18e, 0x1f191, 0x1f19a, 0x1f200, 0x1f64f, 0x1f680,
    0x1f6ff, 0x1f7e0, 0x1f7eb, 0x1f7f0, 0x1f7f0, 0x1f900, 0x1f9ff, 0x1fa70, 0x1faff, 0x20000,
    0x3fffd
  };

  private Columns() {}

  /** How many columns a text takes. */
  public static int of(String text) {
    return text.codePoints().map(Columns::of).sum();
  }

  private static int of(int sign) {
    switch (Character.getType(sign)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> {
        return 0;
      }
      default -> {}
    }
    for (int block = 0; block < WIDE.length; block += 2) {
      if (sign >= WIDE[block] && sign <= WIDE[block + 1]) {
        return 2;
      }
    }
    return 1;
  }

  /** A text in exactly so many columns: filled with spaces, or with its middle left out. */
  public static String fit(String text, int columns) {
    int width = of(text);
    if (width <= columns) {
      return text + " ".repeat(columns - width);
    }
    int end = (columns - 1) / 2;
    String head = head(text, columns - 1 - end);
    String tail = tail(text, end);
    return head + ELLIPSIS + tail + " ".repeat(columns - of(head) - 1 - of(tail));
  }

  private static String head(String text, int columns) {
    int at = 0;
    for (int left = columns; at < text.length(); ) {
      int sign = text.codePointAt(at);
      left -= of(sign);
      if (left < 0) {
        break;
      }
      at += Character.charCount(sign);
    }
    return text.substring(0, at);
  }

  private static String tail(String text, int columns) {
    int at = text.length();
    for (int left = columns; at > 0; ) {
      int sign = text.codePointBefore(at);
      left -= of(sign);
      if (left < 0) {
        break;
      }
      at -= Character.charCount(sign);
    }
    // An accent without its letter would go to the ellipsis.
    while (at < text.length() && of(text.codePointAt(at)) == 0) {
      at += Character.charCount(text.codePointAt(at));
    }
    return text.substring(at);
  }
}
