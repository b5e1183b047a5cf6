package io.consigne.core.remote.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The name in the header of an answer, by the examples of the standards and by worse ones. */
final class ContentDispositionTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "attachment; filename=a.zip, a.zip",
        "Attachment; FileName=\"a b.zip\", a b.zip",
        "inline; filename=\"a;b=c.zip\", a;b=c.zip",
        "attachment; filename=\"a \\\"b\\\".zip\", a \"b\".zip",
        "attachment; filename*=UTF-8''%e2%82%ac%20rates.txt, € rates.txt",
        "attachment; filename=\"EURO rates\"; filename*=utf-8'en'%e2%82%ac, €",
        "attachment; filename*=UTF-8''%e2%82%ac; filename=\"EURO rates\", €",
        "attachment; filename*=iso-8859-1'en'%A3%20rates, £ rates",
        "attachment; filename*=klingon''%A3; filename=b.zip, b.zip",
        "attachment; filename*=a.zip; filename=b.zip, b.zip",
        "attachment; filename=a.zip; filename=b.zip, a.zip",
        "attachment; filename=\"../../etc/passwd\", passwd",
        "attachment; filename*=UTF-8''..%2f..%5cwin.ini, win.ini",
        "attachment; filename=\"..\", ..",
        "attachment; filename*=UTF-8''%ff%fe%zz, \ufffd\ufffd%zz",
        "filename=a.zip, a.zip",
      })
  void name_isRead(String header, String name) {
    assertThat(ContentDisposition.fileName(header)).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "attachment", "inline; name=a", "attachment; filename", "attachment; filename=",
        "attachment; filename=\"\"", "attachment; filename=\"a/\"", ";;;=;=", "\"", "filename*=''",
      })
  void noName_isNone(String header) {
    assertThat(ContentDisposition.fileName(header)).isEmpty();
  }
}
