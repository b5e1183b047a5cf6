package io.consigne.client.dedupe;

import io.consigne.client.cache.Copies;
import io.consigne.client.model.RemoteFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Files that are alike, and which of them stays.
 *
 * @param byContent whether their checksums are; else only size and name are
 * @param sizeBytes of each
 * @param kept stays
 * @param removed at least one
 */
public record Group(boolean byContent, long sizeBytes, RemoteFile kept, List<RemoteFile> removed) {
  /** Copies, and refuses to remove what is kept. */
  public Group {
    removed = List.copyOf(removed);
    RemoteFile stays = kept;
    if (removed.stream().anyMatch(file -> String.valueOf(file.link()).equals(link(stays)))) {
      throw new IllegalArgumentException("the last copy is not removed: " + link(stays));
    }
  }

  private static String link(RemoteFile file) {
    return String.valueOf(file.link());
  }

  /**
   * Decides which of them stays.
   *
   * @param copies files that are alike
   * @param keep how it is decided
   * @return the group, of which all but one file are removed
   */
  public static Group of(Copies copies, Keep keep) {
    List<RemoteFile> order = copies.files().stream().sorted(keep.order()).toList();
    return new Group(
        copies.byContent(), copies.sizeBytes(), order.getFirst(), order.subList(1, order.size()));
  }

  /**
   * All of them.
   *
   * @return the one that stays first
   */
  public List<RemoteFile> files() {
    return Stream.concat(Stream.of(kept), removed.stream()).toList();
  }

  /**
   * The same where another of its files stays.
   *
   * @param file one of {@link #files}
   * @return a group of the same files
   */
  public Group keeping(RemoteFile file) {
    List<RemoteFile> others = files().stream().filter(other -> !other.equals(file)).toList();
    return new Group(byContent, sizeBytes, file, others);
  }

  /**
   * How much its removal frees.
   *
   * @return bytes
   */
  public long freedBytes() {
    return sizeBytes * removed.size();
  }

  /**
   * The group as members of a JSON object.
   *
   * @return {@code by}, which is {@code content} or {@code name}; {@code size} of each and {@code
   *     freed} in bytes; {@code kept} and {@code removed}, files with path and link, and with the
   *     time of upload where it is known
   */
  public Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("by", byContent ? "content" : "name");
    json.put("size", sizeBytes);
    json.put("freed", freedBytes());
    json.put("kept", file(kept));
    json.put("removed", removed.stream().map(Group::file).toList());
    return json;
  }

  private static Map<String, Object> file(RemoteFile file) {
    var json = new LinkedHashMap<String, Object>();
    json.put("path", Keep.path(file));
    json.put("link", link(file));
    if (file.times().uploaded() != null) {
      json.put("uploaded", file.times().uploaded().toString());
    }
    return json;
  }
}
