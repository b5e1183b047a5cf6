package io.consigne.core.blobs;

import java.util.List;

/** Contents that were appended to {@link FaultyBlobs}. */
final class FaultyAppended extends FaultyHandle implements Appended {
  private final Appended inner;

  /** Passes on to {@code inner}. */
  FaultyAppended(FaultyBlobs blobs, Appended inner) {
    super(blobs, "appended to " + inner.segments().getFirst().storeFile());
    this.inner = inner;
  }

  @Override
  public List<Segment> segments() {
    return inner.segments();
  }

  @Override
  public void close() {
    inner.close();
    blobs().closed(this);
  }
}
