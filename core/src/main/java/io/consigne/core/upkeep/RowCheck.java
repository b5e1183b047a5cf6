package io.consigne.core.upkeep;

import io.consigne.core.db.Database;
import io.consigne.core.db.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Gatherers;

/**
 * Tries rules on all rows of a table, a page at a time.
 *
 * @param what is looked at, for the progress
 * @param table has a column {@code id}
 * @param rules that hold for each row
 */
record RowCheck(String what, String table, List<Rule> rules) {
  private static final int PAGE = 2000;
  private static final int IN_A_TRANSACTION = 50;

  /** Adds what is found to {@code faults}, repaired if that is wanted; returns how many rows. */
  long run(Database database, Faults faults, boolean repair) {
    long total = database.<Long>read(sql -> sql.number("SELECT COUNT(*) FROM " + table));
    long rows = 0;
    long after = 0;
    while (true) {
      faults.progress(Progress.rows(what, Math.min(rows, total), total));
      long from = after;
      OptionalLong last = database.read(sql -> last(sql, from));
      if (last.isEmpty()) {
        return total;
      }
      for (Rule rule : rules) {
        List<Rule.Broken> broken = database.read(sql -> broken(sql, rule, from, last.getAsLong()));
        settle(database, broken, repair).forEach(faults::add);
      }
      rows += PAGE;
      after = last.getAsLong();
    }
  }

  private OptionalLong last(Sql sql, long after) {
    return sql.first(
            "SELECT MAX(id) AS last FROM (SELECT id FROM "
                + table
                + " WHERE id > ? ORDER BY id LIMIT "
                + PAGE
                + ") AS page HAVING COUNT(*) > 0",
            row -> OptionalLong.of(row.number("last")),
            after)
        .orElse(OptionalLong.empty());
  }

  /** Asks for a doubt here, too: the first takes long, perhaps, which no writer is to wait for. */
  private static List<Rule.Broken> broken(Sql sql, Rule rule, long after, long last) {
    List<Rule.Broken> broken = rule.broken(sql, after, last);
    if (!broken.isEmpty()) {
      var _ = broken.getFirst().whyLeft(sql);
    }
    return broken;
  }

  private static List<Fault> settle(Database database, List<Rule.Broken> broken, boolean repair) {
    var faults = new ArrayList<Fault>();
    var pieces = Gatherers.<Rule.Broken>windowFixed(IN_A_TRANSACTION);
    for (List<Rule.Broken> some : broken.stream().gather(pieces).toList()) {
      faults.addAll(
          repair
              ? database.write(sql -> faults(sql, some, true))
              : database.read(sql -> faults(sql, some, false)));
    }
    return faults;
  }

  private static List<Fault> faults(Sql sql, List<Rule.Broken> broken, boolean repair) {
    return broken.stream().map(each -> each.fault(sql, repair && each.repair(sql))).toList();
  }
}
