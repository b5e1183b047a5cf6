package io.consigne.core.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of files, and what only looks like one. */
@Timeout(value = 5, unit = TimeUnit.SECONDS)
class LinkAddressTest {
  private static final int LONG = 1_000_000;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://1fichier.com/?abcde12345",
        "http://host:8080/?abcde12345&af=1",
        "https://1fichier.com?abcde12345",
        "https://1fichier.com/en/?abcde12345#x",
        "https://1fichier.com/abcde12345",
        "https://1fichier.com/abcde12345/?x=y",
        "https://abcde12345.1fichier.com",
        "https://abcde12345.1fichier.com/&af=1",
        "https://abcde12345.files.example.org?x",
        " abcde12345 "
      })
  void address_inEachForm_namesItsFile(String address) {
    assertThat(LinkAddress.find(address).orElseThrow().value()).isEqualTo("abcde12345");
  }

  /** An address of dots took half a minute of anybody's request. */
  @ParameterizedTest
  @CsvSource({
    "https://abcde., ., /x",
    "https://abcde.a.b, &, '\nx'",
    "https://, a, /?",
    "https://h/?abcde, &, '\nx'",
    "https://h/abcde, ?, '\nx'",
    "https://h/, /, x",
    "h, t, t",
  })
  void address_thatIsLongAndNone_isRefusedAtOnce(String begin, String middle, String end) {
    assertThat(LinkAddress.find(begin + middle.repeat(LONG) + end)).isEmpty();
  }
}
