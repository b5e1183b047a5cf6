package io.consigne.cli.files;

import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Sentences;
import io.consigne.cli.talk.Talk;
import io.consigne.client.cache.CachedFiles;
import io.consigne.client.model.FileChange;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.RefusedException;
import io.consigne.client.transfer.Breaker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Changes who may open links, and tells of each whether it is changed, whatever ends the rest. */
final class LinkChanges {
  private final Talk talk;
  private final Breaker breaker = new Breaker();
  private final Map<Alike, List<Named>> alike = new LinkedHashMap<>();
  private final List<Map<String, Object>> rows = new ArrayList<>();
  private final List<Exit> failures = new ArrayList<>();
  private int files;
  private int notTried;

  LinkChanges(Talk talk) {
    this.talk = talk;
    if (talk.isJson()) {
      talk.data(rows);
    }
  }

  /**
   * A file, and what is to become of it.
   *
   * @param dropped rules of before that are gone then, as options; empty for none
   */
  record Named(String name, Tree tree, FileLink link, FileChange change, String dropped) {}

  /** What is the same of files that go by one call. */
  private record Alike(Tree tree, FileChange change) {}

  /** One more. */
  void add(Named file) {
    files++;
    alike.computeIfAbsent(new Alike(file.tree(), file.change()), _ -> new ArrayList<>()).add(file);
  }

  /** Makes all changes. Of several, one that is refused does not stop the others. */
  Exit make() throws IOException {
    for (Map.Entry<Alike, List<Named>> some : alike.entrySet()) {
      make(some.getKey(), some.getValue());
    }
    breaker
        .ended()
        .filter(_ -> notTried > 0)
        .ifPresent(why -> talk.warn(Sentences.notTried(notTried, "link", why)));
    return failures.isEmpty()
        ? Exit.OK
        : failures.size() + notTried < files ? Exit.PARTIAL : failures.getFirst();
  }

  private void make(Alike change, List<Named> some) throws IOException {
    CachedFiles changing = change.tree().listings().files();
    Set<FileLink> changed = new HashSet<>(together(changing, change.change(), some));
    int done = 0;
    try {
      for (Named file : some) {
        if (changed.contains(file.link()) || isChanged(changing, file)) {
          tell(file);
        }
        done++;
      }
    } catch (IOException | RuntimeException e) {
      some.stream().skip(done).filter(file -> changed.contains(file.link())).forEach(this::tell);
      throw e;
    }
  }

  /**
   * Those that the host says to have changed by one call. Others may be so already, or be passed
   * over, which nobody is told of several.
   */
  private static List<FileLink> together(CachedFiles changing, FileChange change, List<Named> some)
      throws IOException {
    if (some.size() == 1) {
      return List.of();
    }
    List<FileLink> links = some.stream().map(Named::link).toList();
    Set<String> changed = new HashSet<>();
    try {
      changing.change(links, change).forEach(link -> changed.add(link.id()));
    } catch (RefusedException e) {
      if (e.refusal().isTransient()) {
        throw e;
      }
      // Which one is refused, each tells by itself.
    }
    return links.stream().filter(link -> changed.contains(link.id())).toList();
  }

  /** By a call of its own. */
  private boolean isChanged(CachedFiles changing, Named file) throws IOException {
    if (breaker.isEnded()) {
      notTried++;
      return false;
    }
    try {
      changing.change(List.of(file.link()), file.change());
      breaker.succeeded();
      return true;
    } catch (RefusedException e) {
      if (files == 1 || e.refusal().isTransient()) {
        throw e;
      }
      breaker.refused(e);
      failed(file, e);
      return false;
    }
  }

  private void failed(Named file, RefusedException refusal) {
    Exit exit = Exit.of(refusal);
    failures.add(exit);
    Map<String, Object> row = row(file);
    row.put("kind", exit.word());
    row.put("message", Sentences.of(refusal));
    rows.add(row);
    talk.warn(file.name() + ": " + Sentences.of(refusal));
  }

  /** Its link, which is as it is to be. */
  void tell(Named file) {
    Map<String, Object> row = row(file);
    LinkEnd.add(row, file.change().rules());
    rows.add(row);
    if (!talk.isJson()) {
      talk.line(file.link().url());
    }
    if (!file.dropped().isEmpty()) {
      talk.note("%s: no more %s, which is not named now".formatted(file.name(), file.dropped()));
    }
    LinkEnd.of(file.change().rules())
        .ifPresent(end -> talk.note(file.name() + ": open until " + LinkEnd.shown(end)));
  }

  private static Map<String, Object> row(Named file) {
    var row = new LinkedHashMap<String, Object>();
    row.put("path", file.name());
    row.put("link", file.link().url());
    return row;
  }
}
