package io.consigne.client.cache;

import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Changes of folders by all processes that share a cache: a row for each that is under way, or that
 * has ended in doubt, since it failed or its process died. What was told of a folder with such a
 * row is not believed. One that has ended in doubt is over once the folder is asked for after that.
 */
final class Changes {
  private final CacheFile file;

  Changes(CacheFile file) {
    this.file = file;
  }

  /**
   * Folders are about to be changed, and those in which files lie; answers the number of that for
   * each. What was changed of these files before counts no more: how this ends the host tells, or
   * whoever begins it.
   */
  Map<Long, FolderId> begin(Set<FolderId> folders, List<FileLink> links) throws IOException {
    long holder = file.holder();
    return file.run(connection -> {
      var rows = new Rows(connection);
      var all = new LinkedHashSet<>(folders);
      for (FileLink link : links) {
        all.addAll(
            rows.list(
                row -> new FolderId(row.getLong(1)),
                "UPDATE file SET changed = 0 WHERE link = ? RETURNING folder",
                link.url()));
      }
      var begun = new LinkedHashMap<Long, FolderId>();
      for (FolderId folder : all) {
        List<Long> number =
            rows.list(
                row -> row.getLong(1),
                "INSERT INTO change (id, folder, holder) VALUES (random(), ?, ?) RETURNING id",
                folder.value(),
                holder);
        begun.put(number.getFirst(), folder);
      }
      return begun;
    });
  }

  /** A change was done, and what it did is kept. */
  void done(Map<Long, FolderId> change) throws IOException {
    file.run(connection -> {
      for (long number : change.keySet()) {
        new Rows(connection).change("DELETE FROM change WHERE id = ?", number);
      }
      return change;
    });
  }

  /**
   * What a change did is not known. Its row may be gone by now, where somebody took this process
   * for a dead one.
   */
  void failed(Map<Long, FolderId> change) throws IOException {
    file.run(connection -> {
      for (Map.Entry<Long, FolderId> each : change.entrySet()) {
        new Rows(connection)
            .change(
                "INSERT OR REPLACE INTO change (id, folder, holder) VALUES (?, ?, ?)",
                each.getKey(),
                each.getValue().value(),
                Holders.NOBODY);
      }
      return change;
    });
  }

  /** Those of a folder, or of {@link Known#ALL}, that have ended in doubt until now. */
  Set<Long> ended(long folder) throws IOException {
    return file
        .run(connection ->
            new Rows(connection)
                .list(
                    row ->
                        file.isHeld(row.getLong(2))
                            ? Optional.<Long>empty()
                            : Optional.of(row.getLong(1)),
                    "SELECT id, holder FROM change WHERE folder = ? OR ? = " + Known.ALL,
                    folder,
                    folder))
        .stream()
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }
}
