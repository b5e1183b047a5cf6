package io.consigne.core.blobs;

import io.consigne.core.ids.AccountId;
import java.util.List;

/**
 * Content that is durable in the store, to be entered in the database.
 *
 * @param account within which equal contents are stored once
 * @param size in bytes, the sum of the segments'
 * @param sha256 of all bytes, 64 hex digits
 * @param segments where the bytes are, in order
 */
public record NewContent(AccountId account, long size, String sha256, List<Segment> segments) {
  /** Copies the segments. */
  public NewContent {
    segments = List.copyOf(segments);
  }
}
