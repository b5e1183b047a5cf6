package io.consigne.client.split;

import io.consigne.client.transfer.UploadSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A local file in pieces of one size; the last one has what is left. */
public final class Pieces {
  /** How many there may be: their names have four digits. */
  public static final int MOST = 9_999;

  /**
   * How large pieces are where nobody says so: 1fichier.com breaks off an upload after 4 hours, in
   * which this much goes out at 6 Mbit/s.
   */
  public static final long USUAL_BYTES = 10_000_000_000L;

  private Pieces() {}

  /**
   * {@return the pieces of a file, in order}
   *
   * @param file that is not read yet
   * @param pieceBytes of all but the last
   * @throws IllegalArgumentException if there would be more than {@link #MOST}
   * @throws IOException if the file cannot be found
   */
  public static List<UploadSource> of(Path file, long pieceBytes) throws IOException {
    long size = Files.size(file);
    if (Math.ceilDiv(size, pieceBytes) > MOST) {
      throw new IllegalArgumentException(
          "more than %d parts of %d bytes: %s".formatted(MOST, pieceBytes, file));
    }
    var pieces = new ArrayList<UploadSource>();
    for (long first = 0; first < size; first += pieceBytes) {
      long from = first;
      long length = Math.min(pieceBytes, size - first);
      pieces.add(
          new UploadSource(name(pieces.size()), length, null, () -> new Piece(file, from, length)));
    }
    return pieces;
  }

  /** What the piece of a number is called; the first is 0. */
  static String name(int index) {
    return String.format(Locale.ROOT, "%04d", index + 1);
  }

  /** Some bytes of a file. */
  private static final class Piece extends FilterInputStream {
    private long left;

    Piece(Path file, long first, long length) throws IOException {
      super(open(file, first));
      this.left = length;
    }

    private static InputStream open(Path file, long first) throws IOException {
      SeekableByteChannel channel = Files.newByteChannel(file);
      return Channels.newInputStream(channel.position(first));
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(buffer, offset, (int) Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }
  }
}
