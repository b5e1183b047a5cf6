package io.consigne.cli.man;

/** Text for the manual's formatter. */
final class Roff {
  private final StringBuilder page = new StringBuilder();

  /** A macro with its arguments as they are. */
  Roff macro(String name, String arguments) {
    page.append('.').append(name);
    if (!arguments.isEmpty()) {
      page.append(' ').append(arguments);
    }
    page.append('\n');
    return this;
  }

  Roff section(String title) {
    return macro("SH", title);
  }

  /** Text that is filled. */
  Roff text(String text) {
    text.lines().forEach(line -> page.append(escaped(line)).append('\n'));
    return this;
  }

  /** Lines that stay as they are. */
  Roff lines(String text) {
    return macro("nf", "").text(text).macro("fi", "");
  }

  /** A term and what it is. */
  Roff term(String term, String text) {
    macro("TP", "");
    page.append("\\fB").append(escaped(term)).append("\\fR\n");
    return text(text);
  }

  static String escaped(String line) {
    String escaped = line.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }

  @Override
  public String toString() {
    return page.toString();
  }
}
