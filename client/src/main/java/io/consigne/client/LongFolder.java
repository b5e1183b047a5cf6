package io.consigne.client;

import io.consigne.client.model.FolderId;
import io.consigne.client.model.FolderListing;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.policy.Policy;
import io.consigne.client.wire.FileCalls;
import io.consigne.client.wire.FolderCalls;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The files of a folder that has more than the host lists by one call: by spans of time, each asked
 * for in two while it is cut. In what order a host lists is not known, nor whether the ends of a
 * span belong to it, so that neighbours overlap.
 */
final class LongFolder {
  /** Some hundred thousand files, and at 1fichier.com an hour. */
  private static final int CALLS = 120;

  private static final int SECOND = 1;

  private final Policy policy;
  private final FolderId folder;
  private final Map<Object, RemoteFile> found = new LinkedHashMap<>();
  private final ArrayDeque<Span> left = new ArrayDeque<>();
  private int calls;

  private LongFolder(Policy policy, FolderId folder) {
    this.policy = policy;
    this.folder = folder;
  }

  /**
   * Files that came in a span of time.
   *
   * @param after null from the beginning
   * @param before null to the end
   * @param told some of them, or all
   */
  private record Span(@Nullable Instant after, @Nullable Instant before, List<RemoteFile> told) {
    boolean isCut() {
      return told.size() >= FolderCalls.LONGEST_LISTING;
    }

    /** A time at which both halves are smaller than the span; null if no file came then. */
    @Nullable Instant middle() {
      List<Instant> inside =
          told.stream()
              .map(file -> file.times().uploaded())
              .filter(Objects::nonNull)
              .filter(time -> after == null || time.isAfter(after.plusSeconds(SECOND)))
              .filter(time -> before == null || time.isBefore(before.minusSeconds(SECOND)))
              .sorted()
              .toList();
      return inside.isEmpty() ? null : inside.get(inside.size() / 2);
    }
  }

  /**
   * All that is in a folder.
   *
   * @param told what one call tells of it
   * @return the same with all files; it is not whole if a second has more than one call lists
   */
  static FolderListing complete(Policy policy, FolderListing told) throws IOException {
    return new LongFolder(policy, told.folder().id()).all(told);
  }

  private FolderListing all(FolderListing told) throws IOException {
    boolean whole = true;
    left.add(new Span(null, null, told.files()));
    while (!left.isEmpty()) {
      Span span = left.remove();
      span.told().forEach(file -> found.put(identity(file), file));
      if (span.isCut()) {
        Instant middle = span.middle();
        whole &= middle != null && calls < CALLS;
        if (middle != null && calls < CALLS) {
          ask(span.after(), middle.plusSeconds(SECOND));
          ask(middle.minusSeconds(SECOND), span.before());
        }
      }
    }
    return new FolderListing(told.folder(), told.folders(), List.copyOf(found.values()), whole);
  }

  private void ask(@Nullable Instant after, @Nullable Instant before) throws IOException {
    calls++;
    left.add(new Span(after, before, policy.run(FileCalls.list(folder, after, before))));
  }

  private static Object identity(RemoteFile file) {
    return file.link() == null ? file : file.link();
  }
}
