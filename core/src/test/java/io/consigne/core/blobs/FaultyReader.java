package io.consigne.core.blobs;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A reader of {@link FaultyBlobs}. */
final class FaultyReader extends FaultyHandle implements BlobReader {
  private final BlobReader inner;

  /** Passes on to {@code inner} what does not fail. */
  FaultyReader(FaultyBlobs blobs, String storeFile, BlobReader inner) {
    super(blobs, "reader " + storeFile);
    this.inner = inner;
  }

  @Override
  public @Nullable ByteBuffer next() {
    step(FaultyBlobs.Call.NEXT);
    return inner.next();
  }

  @Override
  public void close() {
    inner.close();
    blobs().closed(this);
  }
}
