package io.consigne.cli.files;

import io.consigne.cli.remote.Address;
import io.consigne.cli.remote.Entry;
import io.consigne.cli.remote.Linked;
import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Session;
import io.consigne.cli.remote.Tree;
import io.consigne.cli.talk.Talk;
import io.consigne.client.model.FolderId;
import java.io.IOException;
import java.util.List;

/** What an address names: a folder of an account, or a few files without one. */
sealed interface Below {
  /** A path for people: that of the folder, or the root of the few. */
  RemotePath path();

  /** Visits all, each folder before what is in it, and notes what the host does not list. */
  void walk(Talk talk, Tree.Visitor visitor) throws IOException;

  /** A folder of an account. */
  record InFolder(Tree tree, RemotePath path, FolderId folder) implements Below {
    @Override
    public void walk(Talk talk, Tree.Visitor visitor) throws IOException {
      tree.walk(path, folder, visitor);
      tree.cut(path, folder).ifPresent(talk::note);
      tree.walk(
          path,
          folder,
          entry -> {
            if (entry instanceof Entry.OfFolder below) {
              tree.cut(below.path(), below.folder().id()).ifPresent(talk::note);
            }
          });
    }
  }

  /** What is known as a whole: a single file, or all that is in a public folder and below it. */
  record Few(RemotePath path, List<Entry> entries) implements Below {
    @Override
    public void walk(Talk talk, Tree.Visitor visitor) throws IOException {
      for (Entry entry : entries) {
        visitor.visit(entry);
      }
    }
  }

  /** Looks an address up. */
  static Below of(Session session, Address address) throws IOException {
    return switch (address) {
      case Address.PublicFolder folder ->
          new Few(RemotePath.ROOT, Linked.belowPublic(session, folder));
      case Address.ByLink link -> new Few(RemotePath.ROOT, List.of(Linked.entry(session, link)));
      case Address.InAccount place -> {
        Tree tree = session.tree(place);
        yield switch (tree.get(place.path())) {
          case Entry.OfFolder folder -> new InFolder(tree, place.path(), folder.folder().id());
          case Entry.OfFile file -> new Few(place.path().parent(), List.of(file));
        };
      }
    };
  }
}
