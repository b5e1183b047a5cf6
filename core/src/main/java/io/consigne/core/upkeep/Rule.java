package io.consigne.core.upkeep;

import io.consigne.core.db.Sql;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that holds for each row of a table.
 *
 * @param kind what is wrong where it does not hold
 * @param find selects {@code id} and {@code what}, a sentence, of the rows where it does not hold;
 *     its two arguments bound the ids, the lower one exclusive
 * @param repair makes it hold for a row; null if nothing can
 * @param affected the files that suffer from it
 * @param doubt of whether the repair would do harm
 */
record Rule(Fault.Kind kind, String find, @Nullable Repair repair, Affected affected, Doubt doubt) {
  /** A rule whose repair does no harm. */
  Rule(Fault.Kind kind, String find, @Nullable Repair repair, Affected affected) {
    this(kind, find, repair, affected, (sql, id) -> "");
  }

  /** A rule that can be made to hold, so that no file suffers. */
  Rule(Fault.Kind kind, String find, Repair repair) {
    this(kind, find, repair, (sql, id) -> List.of());
  }

  /** The rows of these ids where it does not hold. */
  List<Broken> broken(Sql sql, long after, long last) {
    return sql.list(
        find + " ORDER BY 1",
        row -> new Broken(this, row.number("id"), row.text("what")),
        after,
        last);
  }

  /** Makes the rule hold for a row. */
  @FunctionalInterface
  interface Repair {
    /** Does it, in a transaction in which the rule does not hold yet. */
    void repair(Sql sql, long id);
  }

  /** Tells why a row is left alone. */
  @FunctionalInterface
  interface Doubt {
    /** Tells it; empty if it is not. Slow, perhaps, the first time. */
    String why(Sql sql, long id);
  }

  /** Finds the files that suffer from a row. */
  @FunctionalInterface
  interface Affected {
    /** Finds them. */
    List<AffectedFile> files(Sql sql, long id);
  }

  /** A row where a rule does not hold. */
  record Broken(Rule rule, long id, String what) {
    /** Why the row is left alone; empty if it is not. */
    String whyLeft(Sql sql) {
      return rule.doubt().why(sql, id);
    }

    /**
     * Makes the rule hold, unless it does by now or is to be left; returns whether it holds
     * afterwards.
     */
    boolean repair(Sql sql) {
      Repair repair = rule.repair();
      if (repair == null) {
        return false;
      }
      if (!isStill(sql)) {
        return true;
      }
      if (!whyLeft(sql).isEmpty()) {
        return false;
      }
      repair.repair(sql, id);
      return !isStill(sql);
    }

    private boolean isStill(Sql sql) {
      return !rule.broken(sql, id - 1, id).isEmpty();
    }

    Fault fault(Sql sql, boolean repaired) {
      if (repaired) {
        return new Fault(rule.kind(), what, true, List.of());
      }
      List<AffectedFile> files = rule.affected().files(sql, id);
      return new Fault(rule.kind(), what, false, files).leftAlone(whyLeft(sql));
    }
  }
}
