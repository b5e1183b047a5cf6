package io.consigne.client.cache;

import io.consigne.client.RemoteFiles;
import io.consigne.client.budget.Timing;
import io.consigne.client.cache.Whereabouts.Answer;
import io.consigne.client.model.FileLink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Gatherers;

/**
 * Removes files where they are still there. What was told of several folders goes by one call, but
 * nothing is removed by an answer that is too old by then: for that is looked once more.
 */
final class Removal {
  private static final int AT_ONCE = RemoteFiles.LINKS_PER_CALL;

  private final Whereabouts whereabouts;
  private final Timing timing;
  private final Removing removing;

  /** Removes files, wherever they are. */
  @FunctionalInterface
  interface Removing {
    void remove(List<FileLink> links) throws IOException;
  }

  Removal(Whereabouts whereabouts, Timing timing, Removing removing) {
    this.whereabouts = whereabouts;
    this.timing = timing;
    this.removing = removing;
  }

  void of(Collection<Sought> files, Consumer<Map<FileLink, Found>> told) throws IOException {
    var left = new ArrayDeque<>(files);
    var answers = new ArrayList<Answer>();
    while (!left.isEmpty()) {
      answers.add(whereabouts.of(left.remove()));
      if (left.isEmpty() || isDue(answers)) {
        left.addAll(end(answers, told));
        answers.clear();
      }
    }
  }

  /** Whether there are enough for a call, or the next look may make one of them too old. */
  private boolean isDue(List<Answer> answers) throws IOException {
    Duration age = whereabouts.age();
    Instant since = timing.now().minus(age.minus(age.dividedBy(4)));
    return answers.stream().anyMatch(answer -> answer.told().isBefore(since))
        || answers.stream().mapToInt(answer -> answer.found().size()).sum() >= AT_ONCE;
  }

  /** Removes what is there; returns what is to be looked for once more. */
  private List<Sought> end(List<Answer> answers, Consumer<Map<FileLink, Found>> told)
      throws IOException {
    var others = new HashMap<FileLink, Found>();
    var there = new LinkedHashMap<FileLink, Answer>();
    for (Answer answer : answers) {
      answer
          .found()
          .forEach((link, how) -> {
            if (how == Found.THERE) {
              there.put(link, answer);
            } else {
              others.put(link, how);
            }
          });
    }
    if (!others.isEmpty()) {
      told.accept(others);
    }
    Set<FileLink> done = new HashSet<>(others.keySet());
    var pieces = Gatherers.<Map.Entry<FileLink, Answer>>windowFixed(AT_ONCE);
    for (List<Map.Entry<FileLink, Answer>> some :
        there.entrySet().stream().gather(pieces).toList()) {
      done.addAll(remove(some, told));
    }
    return answers.stream()
        .map(answer -> answer.sought().without(done))
        .filter(sought -> !sought.names().isEmpty())
        .toList();
  }

  /** Removes those whose answers still count. */
  private List<FileLink> remove(
      List<Map.Entry<FileLink, Answer>> some, Consumer<Map<FileLink, Found>> told)
      throws IOException {
    Instant now = timing.now();
    var found = new LinkedHashMap<FileLink, Found>();
    for (Map.Entry<FileLink, Answer> each : some) {
      if (!now.isAfter(each.getValue().until())) {
        found.put(each.getKey(), Found.THERE);
      }
    }
    List<FileLink> links = List.copyOf(found.keySet());
    if (!links.isEmpty()) {
      removing.remove(links);
      told.accept(found);
    }
    return links;
  }
}
