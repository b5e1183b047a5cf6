package io.consigne.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bytes of a content of 100 a Range header means. */
final class ByteRangeTest {
  private static final String HUGE = "99999999999999999999999999";

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1",
    "bytes=0-99, 0, 100",
    "bytes=6-, 6, 100",
    "bytes=0-, 0, 100",
    "bytes=99-99, 99, 100",
    "bytes=-1, 99, 100",
    "bytes=-100, 0, 100",
    "bytes=10-100, 10, 100",
    "bytes=10-101, 10, 100",
    "bytes=10-" + HUGE + ", 10, 100",
    "bytes=-" + HUGE + ", 0, 100",
    "bytes=00000000000000000000000010-0000000000000000000000000000011, 10, 12",
    "BYTES=1-2, 1, 3",
    "'  bytes= 1-2\t', 1, 3",
  })
  void range_withinTheContent_isThatPart(String header, long from, long toExclusive) {
    assertThat(ByteRange.parse(header, 100)).isEqualTo(new ByteRange.Part(from, toExclusive));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=" + HUGE + "-", "bytes=-0"})
  void range_behindTheContent_isUnsatisfiable(String header) {
    assertThat(ByteRange.parse(header, 100)).isEqualTo(new ByteRange.Unsatisfiable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=5",
        "bytes=5-4",
        "bytes=200-150",
        "bytes=a-b",
        "bytes=+1-2",
        "bytes=0x1-2",
        "bytes=1 -2",
        "bytes =1-2",
        "bytes=1-2-3",
        "bytes=--1",
        "bytes=\u0661-\u0662",
        "items=0-5",
        "bytes=0-1,5-6",
        "bytes=0-1,",
      })
  void header_thatIsMalformedOrManifold_isIgnored(String header) {
    assertThat(ByteRange.parse(header, 100)).isEqualTo(new ByteRange.Whole());
  }

  @Test
  void header_absent_isTheWhole() {
    assertThat(ByteRange.parse(null, 100)).isEqualTo(new ByteRange.Whole());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-", "bytes=0-0", "bytes=-5", "bytes=7-"})
  void range_ofEmptyContent_isTheWhole(String header) {
    assertThat(ByteRange.parse(header, 0)).isEqualTo(new ByteRange.Whole());
  }

  @Test
  void range_ofTheLargestContent_doesNotOverflow() {
    long length = Long.MAX_VALUE;
    assertThat(ByteRange.parse("bytes=5-" + HUGE, length)).isEqualTo(new ByteRange.Part(5, length));
  }

  @Test
  void contentRange_countsTheLastByteIn() {
    var part = new ByteRange.Part(6, 12);
    assertThat(part.contentRange(12)).isEqualTo("bytes 6-11/12");
    assertThat(new ByteRange.Unsatisfiable().contentRange(12)).isEqualTo("bytes */12");
  }

  @Test
  void part_ofNothing_isRefused() {
    assertThatThrownBy(() -> new ByteRange.Part(5, 5)).hasMessage("not a piece: from 5 to 5");
    assertThatThrownBy(() -> new ByteRange.Part(-1, 5)).hasMessage("not a piece: from -1 to 5");
  }
}
