package io.consigne.core.uploads;

import io.consigne.core.failure.Failure;
import io.consigne.core.tree.FileNumber;
import io.consigne.core.tree.FileNumbers;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which files of an upload are kept, why the others are not, and which number each has. */
final class KeptFiles {
  private final @Nullable Room room;
  private final @Nullable Failure closed;
  private final IdentityHashMap<Received, Failure> refusals = new IdentityHashMap<>();
  private long bytes;
  private int files;
  private @Nullable FileNumbers numbers;

  /**
   * Decides by what the owner has left.
   *
   * @param room null only if all are refused
   * @param closed why all are refused, or null
   */
  KeptFiles(@Nullable Room room, @Nullable Failure closed) {
    this.room = room;
    this.closed = closed;
  }

  /** Decides about one file more. */
  void decide(Received file) {
    Failure reason =
        switch (file) {
          case Received.Refused refused -> refused.reason();
          case Received.Crowded crowded -> closed != null ? closed : reason(crowded);
          case Received.Whole whole ->
              closed != null ? closed : Objects.requireNonNull(room).refusal(whole.size());
        };
    if (reason != null) {
      refusals.put(file, reason);
    } else {
      bytes += file.size();
      files++;
    }
  }

  /** As if it had come whole, if there still is no room. */
  private Failure reason(Received.Crowded file) {
    Failure lack = Objects.requireNonNull(room).lack(file.size());
    return lack == null ? file.reason() : lack;
  }

  /** Why the file is not kept, or null if it is. */
  @Nullable Failure refusal(Received file) {
    return refusals.get(file);
  }

  /** Those of {@code all} that are kept, which were all decided about. */
  List<Received> kept(List<Received> all) {
    return all.stream().filter(file -> !refusals.containsKey(file)).toList();
  }

  /** How many files are kept. */
  int files() {
    return files;
  }

  /** How many bytes they have. */
  long bytes() {
    return bytes;
  }

  /** Numbers the files that are kept, in their order. */
  void number(FileNumbers drawn) {
    numbers = drawn;
  }

  /** The number of the next file that is kept. */
  FileNumber next() {
    return Objects.requireNonNull(numbers).next();
  }
}
