package io.consigne.client.cache;

import io.consigne.client.budget.Timing;
import io.consigne.client.model.FolderId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether folders still have their paths. Each folder on the way to others is asked for once in a
 * while, however many threads want to know, also while it is being changed.
 */
final class Ways {
  private final FreshListings fresh;
  private final Timing timing;
  private final Map<FolderId, Look> looks = new HashMap<>();

  Ways(FreshListings fresh, Timing timing) {
    this.fresh = fresh;
    this.timing = timing;
  }

  /**
   * When the oldest was told of what says that a folder has its path; empty if it has another.
   * Several folders may have one path.
   *
   * @param age of what is believed of the way
   */
  synchronized Optional<Instant> told(CachedFolder folder, Duration age) throws IOException {
    String path = folder.path();
    Instant oldest = timing.now();
    List<CachedFolder> at = List.of(CachedFolder.ROOT);
    for (int end = 0; !path.isEmpty() && end >= 0; ) {
      end = path.indexOf('/', end + 1);
      String next = end < 0 ? path : path.substring(0, end);
      var inside = new ArrayList<CachedFolder>();
      for (CachedFolder parent : at) {
        Look look = look(parent, age);
        oldest = look.end().isBefore(oldest) ? look.end() : oldest;
        look.contents().folders().stream()
            .filter(sub -> sub.path().equals(next))
            .forEach(inside::add);
      }
      at = inside;
    }
    return at.stream().anyMatch(each -> each.id().equals(folder.id()))
        ? Optional.of(oldest)
        : Optional.empty();
  }

  private Look look(CachedFolder folder, Duration age) throws IOException {
    Instant since = timing.now().minus(age);
    looks.values().removeIf(look -> look.end().isBefore(since));
    Look look = looks.get(folder.id());
    if (look == null) {
      look = fresh.look(folder, age, false);
      looks.put(folder.id(), look);
    }
    return look;
  }
}
