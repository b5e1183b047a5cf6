package io.consigne.core.upkeep;

import java.util.List;

/**
 * What the comparison of database and store came to.
 *
 * @param groups of faults, by kind; none if all is well
 * @param accounts that were looked at
 * @param files that were looked at
 * @param storeFiles that were looked at
 */
public record FsckReport(List<Group> groups, long accounts, long files, long storeFiles) {
  /** Copies the groups. */
  public FsckReport {
    groups = List.copyOf(groups);
  }

  /** How many faults there still are. */
  public long left() {
    return groups.stream().mapToLong(group -> group.found() - group.repaired()).sum();
  }

  /**
   * The faults of one kind.
   *
   * @param found how many there were
   * @param repaired how many of them there are no more
   * @param left how many of them are left alone by a repair
   * @param samples the first of them
   */
  public record Group(Fault.Kind kind, long found, long repaired, long left, List<Fault> samples) {
    /** Copies the samples. */
    public Group {
      samples = List.copyOf(samples);
    }

    /** How many are there that a repair would end. */
    public long repairable() {
      return kind.isRepairable() ? found - repaired - left : 0;
    }
  }
}
