package io.consigne.cli.files;

import io.consigne.cli.talk.Amount;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Sentences;
import io.consigne.cli.talk.Talk;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What became of many files, or would become of them in a dry run, which tells it line by line.
 * Threads may share it.
 */
final class Outcome {
  private final Talk talk;
  private final boolean dryRun;
  private final Set<String> folders = new HashSet<>();
  private final List<Map<String, Object>> rows = new ArrayList<>();
  private int done;
  private int failed;
  private int skipped;
  private Exit first = Exit.OK;
  private @Nullable Exit ended;

  Outcome(Talk talk, boolean dryRun) {
    this.talk = talk;
    this.dryRun = dryRun;
    if (talk.isJson()) {
      talk.data(rows);
    }
  }

  /** Whether nothing is to be done but to be told. */
  boolean isDryRun() {
    return dryRun;
  }

  /** A dry run would make a folder; said once. */
  synchronized void wouldMake(String folder) {
    if (folders.add(folder)) {
      line("mkdir " + folder);
    }
  }

  /**
   * A dry run would move something.
   *
   * @param verb what it would do
   * @param how as {@link #done} is told
   */
  synchronized void wouldDo(String verb, String from, String to, String how) {
    line("%s %s -> %s".formatted(verb, from, to));
    done(from, to, how);
  }

  private void line(String text) {
    if (!talk.isJson()) {
      talk.line(text);
    }
  }

  /** Something was moved, or needed not be. */
  synchronized void done(String from, String to, String how) {
    done++;
    rows.add(row(from, to, how));
  }

  /** Something was there already, and stays. */
  synchronized void skipped(String from, String there) {
    skipped++;
    if (dryRun) {
      line("skip %s -> %s".formatted(from, there));
    }
    done(from, there, "skipped");
  }

  /** Something could not be moved; the others go on. */
  synchronized void failed(String from, String sentence, Exit exit) {
    failed++;
    first = first == Exit.OK ? exit : first;
    var row = row(from, "", "failed");
    row.put("kind", exit.word());
    row.put("message", sentence);
    rows.add(row);
    talk.warn(from + ": " + sentence);
  }

  /**
   * A refusal has ended all.
   *
   * @param left so many files were not tried
   */
  synchronized void ended(Refusal why, int left) {
    ended = Exit.of(new RefusedException(why));
    if (left > 0) {
      talk.warn(Sentences.notTried(left, "file", why));
    }
  }

  /**
   * A failure has ended all, of which somebody else tells.
   *
   * @param all so many files were to be moved
   */
  synchronized void broken(int all) {
    if (done > 0) {
      talk.warn("%d of %s done before this".formatted(done, Amount.count(all, "file")));
    }
  }

  private Map<String, Object> row(String from, String to, String how) {
    var row = new LinkedHashMap<String, Object>();
    row.put("from", from);
    if (dryRun) {
      row.put("dryRun", true);
    }
    if (!to.isEmpty()) {
      row.put("to", to);
    }
    row.put("state", how);
    return row;
  }

  /** How the process ends; a dry run says that it was one. */
  synchronized Exit tell() {
    if (dryRun) {
      talk.nothingDone();
    } else {
      talk.summary(skipped);
    }
    if (ended != null) {
      return ended;
    }
    return failed == 0 ? Exit.OK : done == 0 ? first : Exit.PARTIAL;
  }
}
