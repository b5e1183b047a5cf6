package io.consigne.core.blobs;

import java.io.IOException;
import java.io.UncheckedIOException;

/** An open writer, reader or answer of a {@link FaultyBlobs}. */
abstract sealed class FaultyHandle permits FaultyWriter, FaultyReader, FaultyAppended {
  private final FaultyBlobs blobs;
  private final String text;
  private volatile boolean cut;

  /** Belongs to {@code blobs}, and is called {@code text}. */
  FaultyHandle(FaultyBlobs blobs, String text) {
    this.blobs = blobs;
    this.text = text;
  }

  /** The power is gone: from now on every step fails. */
  final void cut() {
    cut = true;
  }

  /** Fails if the power is gone. */
  final void checkPower() {
    if (cut) {
      throw new UncheckedIOException(new IOException("the power is off"));
    }
  }

  /** Counts a call, which fails if it shall or if the power is gone. */
  final void step(FaultyBlobs.Call call) {
    checkPower();
    blobs.step(call);
  }

  /** The store. */
  final FaultyBlobs blobs() {
    return blobs;
  }

  @Override
  public final String toString() {
    return text;
  }
}
