package io.consigne.client.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request to have the host fetch files from elsewhere.
 *
 * @param id its number
 * @param requested when it was made; null if the host does not say
 * @param endedOrNull when its last fetch ended; null as long as one has not
 */
public record RemoteUpload(long id, @Nullable Instant requested, @Nullable Instant endedOrNull) {
  /** {@return when its last fetch ended; empty as long as one has not} */
  public Optional<Instant> ended() {
    return Optional.ofNullable(endedOrNull);
  }

  /**
   * A request that was just made.
   *
   * @param request the request
   * @param refused those of its sources that the host refused at once, and did not ask; the others
   *     it goes for
   */
  public record Made(RemoteUpload request, List<Refused> refused) {
    /** Copies. */
    public Made {
      refused = List.copyOf(refused);
    }
  }

  /**
   * A source that was refused.
   *
   * @param position in the sources that were given, from 0
   * @param url as the host shows it
   * @param message why
   */
  public record Refused(int position, String url, String message) {}

  /**
   * A request with what became of each of its sources.
   *
   * @param request the request
   * @param fetches in the order of the sources
   */
  public record Details(RemoteUpload request, List<RemoteFetch> fetches) {
    /** Copies. */
    public Details {
      fetches = List.copyOf(fetches);
    }
  }
}
