package io.consigne.core.blobs;

import java.nio.ByteBuffer;

/** A writer of {@link FaultyBlobs}. */
final class FaultyWriter extends FaultyHandle implements StoreFileWriter {
  private final StoreFileWriter inner;

  /** Passes on to {@code inner} what does not fail. */
  FaultyWriter(FaultyBlobs blobs, StoreFileWriter inner) {
    super(blobs, "writer " + inner.name());
    this.inner = inner;
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public void write(ByteBuffer bytes) {
    spendOnFailure(() -> {
      step(FaultyBlobs.Call.WRITE);
      blobs().take(bytes.remaining());
    });
    inner.write(bytes);
  }

  @Override
  public Segment endRecord() {
    spendOnFailure(() -> step(FaultyBlobs.Call.END_RECORD));
    return inner.endRecord();
  }

  @Override
  public long size() {
    return inner.size();
  }

  @Override
  public void close() {
    inner.close();
    blobs().closed(this);
    blobs().step(FaultyBlobs.Call.CLOSE);
  }

  /** The writer that this one passes on to. */
  StoreFileWriter inner() {
    return inner;
  }

  /** Lets nothing but a close follow. */
  void spend() {
    inner.close();
  }

  private void spendOnFailure(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      spend();
      throw e;
    }
  }
}
