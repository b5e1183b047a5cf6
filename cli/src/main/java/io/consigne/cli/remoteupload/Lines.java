package io.consigne.cli.remoteupload;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Lines of text of whatever program: a mark at the beginning goes, and what is no UTF-8 is �. */
final class Lines {
  private static final String MARK = "\uFEFF";

  private Lines() {}

  /** All lines that come. */
  static List<String> of(InputStream in) throws IOException {
    String text = new String(in.readAllBytes(), UTF_8);
    return (text.startsWith(MARK) ? text.substring(MARK.length()) : text).lines().toList();
  }

  /** All lines of a file. */
  static List<String> of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    }
  }
}
