package io.consigne.cli.remote;

import io.consigne.client.transfer.Bandwidth;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How much moves at once, and how fast. */
public final class TransferOptions {
  private static final int USUAL = 8;

  @Option(
      names = "--transfers",
      paramLabel = "NUMBER",
      converter = NumberConverter.class,
      description =
          "So many files, and requests for them, at once. Default: 4 up; 8 down, by 10 requests")
  @Nullable Integer transfers;

  @Option(
      names = "--bwlimit",
      paramLabel = "RATE",
      converter = BandwidthConverter.class,
      description =
          "At most this many bytes a second in all: 512k, 10M, off; or by the clock:"
              + " \"08:00,512k 19:00,off\".")
  Bandwidth bandwidth = Bandwidth.UNLIMITED;

  /** How many downloads at once. */
  public int downloads() {
    return transfers == null ? USUAL : transfers;
  }

  static final class NumberConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("[1-9][0-9]?")) {
        throw new TypeConversionException("not a number from 1 to 99: " + text);
      }
      return Integer.valueOf(text);
    }
  }

  static final class BandwidthConverter implements ITypeConverter<Bandwidth> {
    @Override
    public Bandwidth convert(String text) {
      try {
        return Bandwidth.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
