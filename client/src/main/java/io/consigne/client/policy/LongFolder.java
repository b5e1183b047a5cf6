package io.consigne.client.policy;

import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
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
public final class LongFolder {
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
              .filter(FileCalls::isToldApart)
              .filter(time -> after == null || time.isAfter(after.plusSeconds(SECOND)))
              .filter(time -> before == null || time.isBefore(before.minusSeconds(SECOND)))
              .sorted()
              .toList();
      return inside.isEmpty() ? null : inside.get(inside.size() / 2);
    }
  }

  /**
   * Files of a folder.
   *
   * @param files each once
   * @param isWhole whether they are known to be all
   */
  public record Files(List<RemoteFile> files, boolean isWhole) {
    /** Copies. */
    public Files {
      files = List.copyOf(files);
    }
  }

  /**
   * All files of a folder.
   *
   * @param policy asks the host
   * @param folder that is listed
   * @param told what one call tells of it
   * @return all; not so if a second has more than one call lists, or the host's limits do not allow
   *     to ask for as long as the caller waits
   * @throws IOException if the host refuses or cannot be reached
   */
  public static Files complete(Policy policy, FolderId folder, List<RemoteFile> told)
      throws IOException {
    return new LongFolder(policy, folder).all(told);
  }

  private Files all(List<RemoteFile> told) throws IOException {
    boolean whole = true;
    left.add(new Span(null, null, told));
    while (!left.isEmpty()) {
      Span span = left.remove();
      span.told().forEach(file -> found.put(identity(file), file));
      if (span.isCut()) {
        Instant middle = span.middle();
        whole &= middle != null && calls < CALLS && halve(span, middle);
      }
    }
    return new Files(List.copyOf(found.values()), whole);
  }

  /** Asks for both halves; false if the host does not want to be asked for too long. */
  private boolean halve(Span span, Instant middle) throws IOException {
    try {
      ask(span.after(), middle.plusSeconds(SECOND));
      ask(middle.minusSeconds(SECOND), span.before());
      return true;
    } catch (RefusedException e) {
      if (e.refusal() instanceof Refusal.Flood) {
        return false;
      }
      throw e;
    }
  }

  private void ask(@Nullable Instant after, @Nullable Instant before) throws IOException {
    calls++;
    left.add(new Span(after, before, policy.run(FileCalls.list(folder, after, before))));
  }

  private static Object identity(RemoteFile file) {
    return file.link() == null ? file : file.link();
  }
}
