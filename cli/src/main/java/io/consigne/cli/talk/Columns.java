package io.consigne.cli.talk;

/** Text in the columns of a terminal: letters of East Asia and most pictures take two. */
public final class Columns {
  private static final String ELLIPSIS = "…";

  /** First and last of the blocks whose signs take two columns (Unicode: East Asian Width W, F). */
  private static final int[] WIDE = {
    0x1100, 0x115f, 0x231a, 0x231b, 0x2e80, 0x303e, 0x3041, 0x33ff, 0x3400, 0x4dbf, 0x4e00, 0x9fff,
    0xa000, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe30, 0xfe6f, 0xff00, 0xff60,
    0xffe0, 0xffe6, 0x1f300, 0x1f64f, 0x1f680, 0x1f6ff, 0x1f900, 0x1f9ff, 0x20000, 0x3fffd
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
    return text.substring(at);
  }
}
