package io.consigne.client.dedupe;

import io.consigne.client.model.RemoteFile;
import io.consigne.client.model.RemoteFile.Place;
import java.time.Instant;
import java.util.Comparator;

/** Which of several files that are alike stays. */
public enum Keep {
  /** The one that came first. */
  OLDEST,
  /** The one that came last. */
  NEWEST,
  /** The one whose path is the first in alphabetical order. */
  FIRST_PATH;

  /** The one that stays comes first. Those whose time is not known come last. */
  Comparator<RemoteFile> order() {
    Comparator<RemoteFile> byPath =
        Comparator.comparing(Keep::path).thenComparing(file -> String.valueOf(file.link()));
    return switch (this) {
      case OLDEST -> byTime(Comparator.naturalOrder()).thenComparing(byPath);
      case NEWEST -> byTime(Comparator.reverseOrder()).thenComparing(byPath);
      case FIRST_PATH -> byPath;
    };
  }

  private static Comparator<RemoteFile> byTime(Comparator<Instant> order) {
    return Comparator.comparing(file -> file.times().uploaded(), Comparator.nullsLast(order));
  }

  /**
   * The whole path of a file.
   *
   * @param file with or without a known place; without one it is taken to be in the root
   * @return its path from the root, with a slash in front
   */
  public static String path(RemoteFile file) {
    Place place = file.place();
    String folder = place == null || place.path() == null ? "" : place.path();
    return folder.isEmpty() ? "/" + file.name() : "/" + folder + "/" + file.name();
  }
}
