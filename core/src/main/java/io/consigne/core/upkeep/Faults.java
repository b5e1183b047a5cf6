package io.consigne.core.upkeep;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts the faults of a run, and keeps the first of each kind. */
final class Faults {
  private static final int SAMPLES = 10;

  private final Watcher<Fault> watcher;
  private final Map<Fault.Kind, Count> counts = new EnumMap<>(Fault.Kind.class);

  /** Shows each fault to {@code watcher}. */
  Faults(Watcher<Fault> watcher) {
    this.watcher = watcher;
  }

  void add(Fault fault) {
    Count count = counts.computeIfAbsent(fault.kind(), kind -> new Count());
    count.found++;
    count.repaired += fault.repaired() ? 1 : 0;
    count.left += fault.left() ? 1 : 0;
    if (count.samples.size() < SAMPLES) {
      count.samples.add(fault);
    }
    watcher.found(fault);
  }

  /** Whether there is a fault of one of {@code kinds} that was not repaired. */
  boolean leaves(Set<Fault.Kind> kinds) {
    return counts.entrySet().stream()
        .anyMatch(each ->
            kinds.contains(each.getKey()) && each.getValue().found > each.getValue().repaired);
  }

  void progress(Progress progress) {
    watcher.progress(progress);
  }

  List<FsckReport.Group> groups() {
    return counts.entrySet().stream()
        .map(each ->
            new FsckReport.Group(
                each.getKey(),
                each.getValue().found,
                each.getValue().repaired,
                each.getValue().left,
                each.getValue().samples))
        .toList();
  }

  private static final class Count {
    private final List<Fault> samples = new ArrayList<>();
    private long found;
    private long repaired;
    private long left;
  }
}
