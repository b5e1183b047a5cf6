package io.consigne.core.uploads;

import io.consigne.core.blobs.Segment;
import java.util.Optional;

/** Knows which bytes of an upload are durable. */
@FunctionalInterface
interface Durable {
  /** Where the bytes stand; empty if they are not durable. */
  Optional<Place> find(Stored stored);

  /**
   * Where bytes stand.
   *
   * @param segment the bytes
   * @param storeFileBytes how large the store file is for sure
   */
  record Place(Segment segment, long storeFileBytes) {}
}
