package io.consigne.core.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Countries from a table of ranges. */
class CountryTableTest {
  private static final String TABLE =
      """
      2001:db8::,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,BE
      "198.51.100.0","198.51.100.127","FR"
      198.51.100.128,198.51.100.255,DE

      192.0.2.0,192.0.2.255,CH,Bern
      255.255.255.255,255.255.255.255,US
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "198.51.100.0, FR",
    "198.51.100.127, FR",
    "198.51.100.128, DE",
    "198.51.100.255, DE",
    "192.0.2.77, CH",
    "255.255.255.255, US",
    "2001:db8::1, BE",
    "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, BE",
  })
  void of_addressInARange_itsCountry(String address, String country) throws IOException {
    assertThat(table(TABLE).of(InetAddress.ofLiteral(address))).contains(country);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.0.1.255", "192.0.3.0", "2001:db7::1", "2001:db9::", "::"})
  void of_addressBetweenRanges_empty(String address) throws IOException {
    assertThat(table(TABLE).of(InetAddress.ofLiteral(address))).isEmpty();
    assertThat(Countries.NONE.of(InetAddress.ofLiteral(address))).isEmpty();
  }

  @Test
  void of_emptyTable_empty() throws IOException {
    assertThat(table("").of(InetAddress.ofLiteral("192.0.2.1"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.0,192.0.2.255 | is not first,last,CC: 192.0.2.0,192.0.2.255",
        "first,last,CC | is not first,last,CC: first,last,CC",
        "192.0.2.0,192.0.2.255,fr | is not first,last,CC: 192.0.2.0,192.0.2.255,fr",
        "192.0.2.0,192.0.2.999,FR | holds no address: 192.0.2.999",
        "192.0.2.9,192.0.2.0,FR | is no range: 192.0.2.9,192.0.2.0,FR",
        "192.0.2.0,2001:db8::,FR | is no range: 192.0.2.0,2001:db8::,FR",
      })
  void read_brokenLine_isNamed(String line, String fault) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> table("192.0.2.0,192.0.2.255,FR\n" + line + "\n"))
        .withMessage(directory.resolve("countries.csv") + ", line 2 " + fault);
  }

  private CountryTable table(String text) throws IOException {
    Path file = directory.resolve("countries.csv");
    Files.writeString(file, text);
    return CountryTable.read(file);
  }
}
