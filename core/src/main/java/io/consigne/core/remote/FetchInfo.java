package io.consigne.core.remote;

import io.consigne.core.ids.LinkId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What may be shown about a fetch to its account.
 *
 * @param source its address, without user and password, and perhaps without values of its query
 * @param state how far it is
 * @param name of the file, empty as long as it is not known
 * @param bytes how many came
 * @param totalOrNull how many there will be, null if that is not known
 * @param bytesPerSecond how fast they come now; 0 if none do
 * @param attempts how many tries in a row brought nothing
 * @param nextOrNull when it is tried again, null if that is not waited for
 * @param linkOrNull the file that came of it, null as long as there is none
 * @param reason why it is not done, or why the last try failed; empty if there is none
 */
public record FetchInfo(
    String source,
    FetchState state,
    String name,
    long bytes,
    @Nullable Long totalOrNull,
    long bytesPerSecond,
    long attempts,
    @Nullable Instant nextOrNull,
    @Nullable LinkId linkOrNull,
    String reason) {
  /** How many bytes there will be. */
  public OptionalLong total() {
    return totalOrNull == null ? OptionalLong.empty() : OptionalLong.of(totalOrNull);
  }

  /** When it is tried again. */
  public Optional<Instant> next() {
    return Optional.ofNullable(nextOrNull);
  }

  /** The file that came of it. */
  public Optional<LinkId> link() {
    return Optional.ofNullable(linkOrNull);
  }

  /** How long it will take at this speed. */
  public Optional<Duration> left() {
    return totalOrNull == null || bytesPerSecond == 0
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(Math.ceilDiv(totalOrNull - bytes, bytesPerSecond)));
  }

  /** This fetch, with its source as it is shown. */
  FetchInfo from(String shown) {
    return new FetchInfo(
        shown,
        state,
        name,
        bytes,
        totalOrNull,
        bytesPerSecond,
        attempts,
        nextOrNull,
        linkOrNull,
        reason);
  }

  /** This fetch, with how far it is if it runs here. */
  FetchInfo with(FetchProgress progress) {
    OptionalLong total = progress.total();
    return new FetchInfo(
        source,
        state,
        progress.name(),
        progress.bytes(),
        total.isPresent() ? (Long) total.getAsLong() : null,
        progress.bytesPerSecond(),
        attempts,
        null,
        null,
        "");
  }
}
