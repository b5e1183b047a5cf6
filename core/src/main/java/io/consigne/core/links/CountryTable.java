package io.consigne.core.links;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Countries from a table of address ranges: lines {@code first,last,CC}, IPv4 and IPv6, as the free
 * databases that can be downloaded as CSV have them.
 */
public final class CountryTable implements Countries {
  private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
  private static final Pattern NUMERIC = Pattern.compile("[0-9A-Fa-f:.]+");

  private final List<Range> ranges;

  private CountryTable(List<Range> ranges) {
    this.ranges = ranges;
  }

  /**
   * Reads a table.
   *
   * @throws IOException if it cannot be read, or a line is not of that form; names the line
   */
  public static CountryTable read(Path file) throws IOException {
    var ranges = new ArrayList<Range>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          ranges.add(range(line, file + ", line " + number));
        }
      }
    }
    ranges.sort((a, b) -> compare(a.first(), b.first()));
    return new CountryTable(List.copyOf(ranges));
  }

  private static Range range(String line, String where) throws IOException {
    String[] columns = line.replace("\"", "").split(",", -1);
    if (columns.length < 3
        || !NUMERIC.matcher(columns[0]).matches()
        || !NUMERIC.matcher(columns[1]).matches()
        || !COUNTRY.matcher(columns[2]).matches()) {
      throw new IOException(where + " is not first,last,CC: " + line);
    }
    byte[] first = address(columns[0], where);
    byte[] last = address(columns[1], where);
    if (first.length != last.length || compare(first, last) > 0) {
      throw new IOException(where + " is no range: " + line);
    }
    return new Range(first, last, columns[2]);
  }

  private static byte[] address(String text, String where) throws IOException {
    try {
      return InetAddress.ofLiteral(text).getAddress();
    } catch (IllegalArgumentException e) {
      throw new IOException(where + " holds no address: " + text, e);
    }
  }

  @Override
  public Optional<String> of(InetAddress address) {
    byte[] wanted = address.getAddress();
    int low = 0;
    int high = ranges.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Range range = ranges.get(middle);
      if (compare(wanted, range.first()) < 0) {
        high = middle - 1;
      } else if (compare(wanted, range.last()) > 0) {
        low = middle + 1;
      } else {
        return Optional.of(range.country());
      }
    }
    return Optional.empty();
  }

  private static int compare(byte[] a, byte[] b) {
    return a.length != b.length
        ? Integer.compare(a.length, b.length)
        : Arrays.compareUnsigned(a, b);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared or shown
  private record Range(byte[] first, byte[] last, String country) {}
}
