package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Content types by name, and which of them a browser may show. */
final class MediaTypesTest {
  @ParameterizedTest
  @CsvSource({
    "hello.txt, text/plain",
    "HELLO.TXT, text/plain",
    ".txt, text/plain",
    "a.b.mkv, video/x-matroska",
    "film.mp4, video/mp4",
    "film.srt, application/x-subrip",
    "disk.iso, application/x-iso9660-image",
    "a.7z, application/x-7z-compressed",
    "a.tar.gz, application/gzip",
    "book.epub, application/epub+zip",
    "photo.heic, image/heic",
    "photo.webp, image/webp",
    "photo.JPEG, image/jpeg",
    "page.html, text/html",
    "drawing.svg, image/svg+xml",
    "doc.docx, application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "noextension, application/octet-stream",
    "txt, application/octet-stream",
    "trailing., application/octet-stream",
    "a.txt.unknown, application/octet-stream",
    "'', application/octet-stream",
  })
  void type_isThatOfTheExtension(String name, String type) {
    assertThat(MediaTypes.of(name)).isEqualTo(type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "Text/Plain; charset=utf-8",
        "image/png",
        "image/jpeg",
        "audio/mpeg",
        "video/mp4",
        "video/x-matroska",
      })
  void type_thatCannotRun_isSafeInline(String type) {
    assertThat(MediaTypes.isSafeInline(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "TEXT/HTML",
        "text/html; image/png",
        "image/svg+xml",
        "image/svg+xml; charset=utf-8",
        "application/xhtml+xml",
        "application/xml",
        "text/xml",
        "text/javascript",
        "text/css",
        "text/markdown",
        "application/pdf",
        "application/octet-stream",
        "image/unheard-of",
        "video/",
        "",
      })
  void type_thatMayRunOrIsUnknown_isNot(String type) {
    assertThat(MediaTypes.isSafeInline(type)).isFalse();
  }
}
