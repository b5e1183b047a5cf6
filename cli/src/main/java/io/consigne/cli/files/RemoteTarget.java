package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.client.model.FileLink;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where files of an account are moved or copied to: the last of several arguments. */
final class RemoteTarget {
  private final Session session;
  private final Tree tree;
  private final RemotePath path;
  private final boolean into;

  /** What is to get somewhere else. */
  private final Set<RemotePath> left = new HashSet<>();

  /** What gets where, of all that was named. */
  private final Map<RemotePath, String> claimed = new HashMap<>();

  private RemoteTarget(Session session, Tree tree, RemotePath path, boolean into) {
    this.session = session;
    this.tree = tree;
    this.path = path;
    this.into = into;
  }

  static RemoteTarget of(Session session, List<String> places) throws IOException {
    Address.InAccount last = Places.inAccount(places.getLast());
    Tree tree = session.tree(last);
    boolean into = places.size() > 2 || last.mustBeFolder() || tree.folder(last.path()).isPresent();
    return new RemoteTarget(session, tree, last.path(), into);
  }

  Tree tree() {
    return tree;
  }

  /** A path that must be of the same account. */
  Address.InAccount sameAccount(Address.InAccount place) throws IOException {
    if (session.tree(place) != tree) {
      throw new Problem(Exit.USAGE, "of another account; get it, and put it there: " + place);
    }
    return place;
  }

  /**
   * What is at a path.
   *
   * @throws Problem if nothing is there, or would be any more
   */
  Entry get(RemotePath from) throws IOException {
    if (left.stream().anyMatch(from::isWithin)) {
      throw new Problem(Exit.NOT_FOUND, "nothing is at " + from);
    }
    return tree.get(from);
  }

  /** Something is to leave its place, for what comes after it. */
  void leave(RemotePath from) {
    left.add(from);
  }

  /** Refuses the root, which has no name. */
  static RemotePath named(RemotePath from) {
    if (from.isRoot()) {
      throw new Problem(Exit.USAGE, "the root stays where it is");
    }
    return from;
  }

  /**
   * Takes the place that something gets to, for what was named so.
   *
   * @throws Problem if something else that was named gets there
   */
  void claim(RemotePath from, String source) {
    claim(source, to(from));
  }

  /** The same of something of which there may be several. */
  void claimInside(RemotePath from, String source) {
    claim(source, path.child(from.name()));
  }

  private void claim(String source, RemotePath to) {
    String other = claimed.putIfAbsent(to, source);
    if (other != null) {
      throw IfExists.twice(to, other, source, "one of them by itself can get another name");
    }
  }

  private RemotePath to(RemotePath from) {
    return into ? path.child(named(from).name()) : path;
  }

  /**
   * Where something gets to.
   *
   * @throws Problem if something is there already, or may be
   */
  RemotePath path(RemotePath from) throws IOException {
    return free(to(from));
  }

  /** Where something gets to of which there may be several, with the folders that it is in. */
  RemotePath inside(RemotePath from) throws IOException {
    RemotePath to = path;
    for (String name : from.names()) {
      to = to.child(name);
    }
    return from.parent().isRoot() ? free(to) : to;
  }

  private RemotePath free(RemotePath to) throws IOException {
    if (!tree.files(to).isEmpty() || tree.folder(to).isPresent()) {
      throw new Problem(Exit.CONFLICT, "exists already: " + to);
    }
    Optional<String> cut = tree.cut(to.parent());
    if (cut.isPresent()) {
      throw new Problem(
          Exit.FAILED,
          "%s, %s may be taken".formatted(cut.get(), to.name()),
          "a folder inside it takes files");
    }
    return to;
  }

  /** The link of a file, which its owner may hide. */
  static FileLink link(Entry.OfFile file) {
    FileLink link = file.file().link();
    if (link == null) {
      throw new Problem(Exit.DENIED, "its owner hides the link: " + file.path());
    }
    return link;
  }
}
