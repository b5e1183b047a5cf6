package io.consigne.client.transfer;

import java.util.ArrayList;
import java.util.List;

/** Which files share a request: small ones, as many as may; large ones go alone. */
final class Batches {
  private Batches() {}

  static List<List<UploadSource>> of(List<UploadSource> sources, TransferLimits limits) {
    var batches = new ArrayList<List<UploadSource>>();
    var small = new ArrayList<UploadSource>();
    long smallBytes = 0;
    for (UploadSource source : sources) {
      if (source.sizeBytes() > limits.smallBytes()) {
        batches.add(List.of(source));
        continue;
      }
      boolean full =
          small.size() == limits.filesPerUpload()
              || smallBytes + source.sizeBytes() > limits.bytesPerUpload();
      if (full && !small.isEmpty()) {
        batches.add(List.copyOf(small));
        small.clear();
        smallBytes = 0;
      }
      small.add(source);
      smallBytes += source.sizeBytes();
    }
    if (!small.isEmpty()) {
      batches.add(List.copyOf(small));
    }
    return batches;
  }
}
