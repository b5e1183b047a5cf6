package io.consigne.cli.remote;

import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A place in the tree of an account.
 *
 * @param names from the root; none for the root itself
 */
public record RemotePath(List<String> names) {
  /** The root. */
  public static final RemotePath ROOT = new RemotePath(List.of());

  /** Copies. */
  public RemotePath {
    names = List.copyOf(names);
  }

  /** Reads {@code /folder/file}; slashes at the ends and doubled ones mean nothing. */
  public static RemotePath of(String text) {
    List<String> names =
        Arrays.stream(text.split("/"))
            .filter(name -> !name.isEmpty() && !name.equals("."))
            .toList();
    if (names.contains("..")) {
      throw new Problem(Exit.USAGE, "a remote path cannot go up: " + text);
    }
    return new RemotePath(names);
  }

  /** Whether it is the root. */
  public boolean isRoot() {
    return names.isEmpty();
  }

  /** The last name. */
  public String name() {
    return names.getLast();
  }

  /** The folder that it is in. */
  public RemotePath parent() {
    return new RemotePath(names.subList(0, names.size() - 1));
  }

  /** Something inside it. */
  public RemotePath child(String name) {
    var longer = new ArrayList<>(names);
    longer.add(name);
    return new RemotePath(longer);
  }

  /** Whether it is {@code other} or lies below it. */
  public boolean isWithin(RemotePath other) {
    return names.size() >= other.names.size()
        && names.subList(0, other.names.size()).equals(other.names);
  }

  /** As caches have it: without slashes at its ends, empty for the root. */
  public String text() {
    return String.join("/", names);
  }

  @Override
  public String toString() {
    return "/" + text();
  }
}
