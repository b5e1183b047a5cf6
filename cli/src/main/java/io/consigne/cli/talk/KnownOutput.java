package io.consigne.cli.talk;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An output that knows why it took no more: who writes text by a writer is not told. */
final class KnownOutput extends OutputStream {
  private final OutputStream inner;
  private volatile @Nullable IOException failure;

  KnownOutput(OutputStream inner) {
    this.inner = inner;
  }

  /** The first failure. */
  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  private IOException known(IOException e) {
    if (failure == null) {
      failure = e;
    }
    return e;
  }

  @Override
  public void write(int one) throws IOException {
    try {
      inner.write(one);
    } catch (IOException e) {
      throw known(e);
    }
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    try {
      inner.write(buffer, offset, length);
    } catch (IOException e) {
      throw known(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      inner.flush();
    } catch (IOException e) {
      throw known(e);
    }
  }
}
