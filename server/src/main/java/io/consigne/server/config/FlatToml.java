package io.consigne.server.config;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of TOML that a flat list of options needs: {@code key = value}, where a value is a
 * one-line string, an integer, a boolean, or an array of these; and comments. Tables, dotted keys,
 * fractions, dates and strings of several lines are refused. Each value is handed out as text, an
 * array as its elements joined by commas.
 */
final class FlatToml {
  /** A key and its value as text, and the line of the key, from 1. */
  record Entry(String key, String text, int line) {}

  /** Text that is not of this format. */
  static final class SyntaxException extends Exception {
    @Serial private static final long serialVersionUID = 1;
    private final int line;

    SyntaxException(int line, String message) {
      super(message);
      this.line = line;
    }

    int line() {
      return line;
    }
  }

  private static final int END = -1;

  private final String text;
  private int position;
  private int line = 1;

  private FlatToml(String text) {
    this.text = text;
  }

  static List<Entry> read(String text) throws SyntaxException {
    var reader = new FlatToml(text.replace("\r\n", "\n"));
    var entries = new ArrayList<Entry>();
    reader.skipLines();
    while (reader.peek() != END) {
      entries.add(reader.entry());
      reader.endOfLine();
      reader.skipLines();
    }
    return entries;
  }

  private Entry entry() throws SyntaxException {
    int start = line;
    String key = key();
    skipBlanks();
    expect('=', "\"=\" expected after " + key);
    skipBlanks();
    return new Entry(key, peek() == '[' ? array() : scalar(), start);
  }

  private String key() throws SyntaxException {
    if (peek() == '[') {
      throw failure("tables are not used here, write key = value");
    }
    if (peek() == '"' || peek() == '\'') {
      return string();
    }
    String key = word();
    if (!key.matches("[A-Za-z0-9_-]+")) {
      throw failure("not a key: \"" + key + '"');
    }
    return key;
  }

  private String array() throws SyntaxException {
    var elements = new ArrayList<String>();
    position++;
    skipLines();
    while (peek() != ']') {
      elements.add(scalar());
      skipLines();
      if (peek() == ',') {
        position++;
        skipLines();
      } else if (peek() != ']') {
        throw failure("\",\" or \"]\" expected in an array");
      }
    }
    position++;
    return String.join(",", elements);
  }

  private String scalar() throws SyntaxException {
    if (peek() == '"' || peek() == '\'') {
      return string();
    }
    String word = word();
    if (word.matches("true|false")) {
      return word;
    }
    if (word.matches("[+-]?[0-9][0-9_]*") && !word.endsWith("_") && !word.contains("__")) {
      return word.replace("_", "");
    }
    throw failure("not a value: a text must be quoted"); // it may be a secret
  }

  private String word() {
    int start = position;
    while (peek() != END && "=,]# \t\n".indexOf(peek()) < 0) {
      position++;
    }
    return text.substring(start, position);
  }

  private String string() throws SyntaxException {
    char quote = text.charAt(position);
    if (text.startsWith(String.valueOf(quote).repeat(3), position)) {
      throw failure("strings of several lines are not used here");
    }
    position++;
    var value = new StringBuilder();
    while (peek() != quote) {
      if (peek() == END || peek() == '\n') {
        throw failure("closing " + quote + " missing");
      }
      if (quote == '"' && peek() == '\\') {
        value.appendCodePoint(escape());
      } else {
        value.append(text.charAt(position++));
      }
    }
    position++;
    return value.toString();
  }

  private int escape() throws SyntaxException {
    position++;
    int kind = peek();
    position++;
    return switch (kind) {
      case '"', '\\' -> kind;
      case 'b' -> '\b';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'f' -> '\f';
      case 'r' -> '\r';
      case 'u' -> hex(4);
      case 'U' -> hex(8);
      default -> throw failure("unknown escape \\" + (kind == END ? "" : (char) kind));
    };
  }

  private int hex(int digits) throws SyntaxException {
    int end = Math.min(position + digits, text.length());
    String code = text.substring(position, end);
    if (!code.matches("0{0,2}[0-9a-fA-F]{4,6}") || code.length() != digits) {
      throw failure("not a character code");
    }
    position = end;
    int character = Integer.parseInt(code, 16);
    if (!Character.isValidCodePoint(character) || isSurrogate(character)) {
      throw failure("not a character code");
    }
    return character;
  }

  /** Half a character; none of its own. */
  private static boolean isSurrogate(int character) {
    return Character.getType(character) == Character.SURROGATE;
  }

  private void endOfLine() throws SyntaxException {
    skipBlanks();
    skipComment();
    if (peek() != END) {
      expect('\n', "end of line expected after the value");
      line++;
    }
  }

  /** Blanks, line ends and comments. */
  private void skipLines() {
    while (peek() != END && "# \t\n".indexOf(peek()) >= 0) {
      skipComment();
      if (peek() == '\n') {
        line++;
      }
      if (peek() != END) {
        position++;
      }
    }
  }

  private void skipBlanks() {
    while (peek() == ' ' || peek() == '\t') {
      position++;
    }
  }

  private void skipComment() {
    if (peek() == '#') {
      int end = text.indexOf('\n', position);
      position = end < 0 ? text.length() : end;
    }
  }

  private void expect(char expected, String otherwise) throws SyntaxException {
    if (peek() != expected) {
      throw failure(otherwise);
    }
    position++;
  }

  private int peek() {
    return position < text.length() ? text.charAt(position) : END;
  }

  private SyntaxException failure(String message) {
    return new SyntaxException(line, message);
  }
}
