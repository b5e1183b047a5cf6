package io.consigne.client.wire;

import io.consigne.client.model.FolderId;
import io.consigne.client.transport.WireBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of an upload: {@code did}, then the files, each after its {@code mtime} (reference:
 * 1fichier-api, 9.2 and 9.3). It is streamed; its length is known before.
 */
public final class MultipartBody implements WireBody {
  private static final int PIECE_BYTES = 256 * 1024;
  private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);

  private final String boundary;
  private final byte[] folder;
  private final List<Part> parts;
  private final long lengthBytes;
  private final Ending ending;
  private volatile boolean sentWhole;

  /** Told that the last bytes, which make a body whole, are about to go out. */
  @FunctionalInterface
  public interface Ending {
    /**
     * All files have gone out, and have been read.
     *
     * @throws IOException if the body must not be made whole
     */
    void run() throws IOException;
  }

  /**
   * The body with these files.
   *
   * @param boundary letters and digits that no file contains after a line end
   * @param ending told before the last bytes go out
   */
  public MultipartBody(String boundary, FolderId folder, List<UploadPart> parts, Ending ending) {
    this.boundary = boundary;
    this.ending = ending;
    this.folder = field("did", folder.toString());
    this.parts = parts.stream().map(part -> new Part(ByteBuffer.wrap(head(part)), part)).toList();
    long files = this.parts.stream().mapToLong(Part::lengthBytes).sum();
    this.lengthBytes = this.folder.length + files + end().length;
  }

  /** A file, and what stands before it. */
  private record Part(ByteBuffer head, UploadPart file) {
    long lengthBytes() {
      return head.remaining() + file.sizeBytes() + CRLF.length;
    }
  }

  String boundary() {
    return boundary;
  }

  /** Whether its last byte was given out: before that, no host can have kept anything. */
  public boolean isSentWhole() {
    return sentWhole;
  }

  @Override
  public long lengthBytes() {
    return lengthBytes;
  }

  @Override
  public Source open() {
    return new Pieces();
  }

  private byte[] field(String name, String value) {
    String field =
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
            .formatted(boundary, name, value);
    return field.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] head(UploadPart part) {
    String name = part.name().replace("\\", "\\\\").replace("\"", "\\\"");
    String text =
        "--%s\r\nContent-Disposition: form-data; name=\"file[]\"; filename=\"%s\"\r\n%s\r\n\r\n"
            .formatted(boundary, name, "Content-Type: application/octet-stream");
    byte[] head = text.getBytes(StandardCharsets.UTF_8);
    return part.modified() == null
        ? head
        : joined(field("mtime", part.modified().toString()), head);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  private byte[] end() {
    return ("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** Gathers heads and small files into pieces of a good size. */
  private final class Pieces implements Source {
    private final Iterator<Part> left = parts.iterator();
    private ByteBuffer pending = ByteBuffer.wrap(folder);
    private @Nullable UploadPart part;
    private @Nullable InputStream content;
    private int index = -1;
    private long leftOfPart;
    private boolean ended;

    @Override
    public @Nullable ByteBuffer next() throws IOException {
      ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
      while (piece.hasRemaining()) {
        if (pending.hasRemaining()) {
          take(piece);
        } else if (part != null && content != null && leftOfPart > 0) {
          read(piece, part, content);
        } else if (part != null) {
          endPart();
        } else if (left.hasNext()) {
          begin(left.next());
        } else if (!ended) {
          ending.run();
          ended = true;
          pending = ByteBuffer.wrap(MultipartBody.this.end());
        } else {
          break;
        }
      }
      sentWhole = ended && !pending.hasRemaining();
      return piece.position() == 0 ? null : piece.flip();
    }

    private void take(ByteBuffer piece) {
      int length = Math.min(piece.remaining(), pending.remaining());
      piece.put(pending.slice().limit(length));
      pending.position(pending.position() + length);
    }

    private void begin(Part next) throws IOException {
      index++;
      part = next.file();
      leftOfPart = next.file().sizeBytes();
      pending = next.head().duplicate();
      try {
        content = next.file().content().open();
      } catch (IOException e) {
        throw new UnreadableFileException(index, e);
      }
    }

    private void read(ByteBuffer piece, UploadPart from, InputStream in) throws IOException {
      int most = (int) Math.min(piece.remaining(), leftOfPart);
      int read;
      try {
        read = in.read(piece.array(), piece.arrayOffset() + piece.position(), most);
      } catch (IOException e) {
        throw new UnreadableFileException(index, e);
      }
      if (read < 0) {
        throw changed(from.name() + " became shorter while it was sent");
      }
      piece.position(piece.position() + read);
      leftOfPart -= read;
      from.progress().accept(read);
    }

    private void endPart() throws IOException {
      boolean more;
      try {
        more = content != null && content.read() >= 0;
        close();
      } catch (IOException e) {
        throw new UnreadableFileException(index, e);
      }
      if (more) {
        String name = part == null ? "" : part.name();
        throw changed(name + " became longer while it was sent");
      }
      part = null;
      pending = ByteBuffer.wrap(CRLF);
    }

    private UnreadableFileException changed(String sentence) {
      return new UnreadableFileException(index, new ChangedFileException(sentence));
    }

    @Override
    public void close() throws IOException {
      if (content != null) {
        content.close();
        content = null;
      }
    }
  }
}
