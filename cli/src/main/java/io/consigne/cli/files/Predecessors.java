package io.consigne.cli.files;

import io.consigne.cli.remote.Tree;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.FolderListing;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What files that are sent take the place of. That is removed if it is still there: what somebody
 * has moved or renamed since it was decided is another file.
 */
final class Predecessors {
  /** From so many on they are looked for by a listing, not one by one. */
  private static final int LISTED_FROM = 4;

  private final Tree tree;
  private final long begun = System.nanoTime();

  /** Before the first of them is known. */
  Predecessors(Tree tree) {
    this.tree = tree;
  }

  /** One of a folder, by the name that it had. */
  private record Place(FileLink link, String name) {}

  /** Removes those of files that are stored. */
  void remove(FolderId folder, List<PlannedFile> stored) throws IOException {
    var places = new ArrayList<Place>();
    for (PlannedFile file : stored) {
      file.replaced().forEach(link -> places.add(new Place(link, file.source().name())));
    }
    List<FileLink> there = there(folder, places);
    if (!there.isEmpty()) {
      tree.listings().files().remove(there);
    }
  }

  private List<FileLink> there(FolderId folder, List<Place> places) throws IOException {
    var there = new ArrayList<Place>();
    List<Place> untold = places.size() < LISTED_FROM ? asked(folder, places, there) : places;
    if (!untold.isEmpty()) {
      Set<Place> listed = isOld() ? listed(folder) : Set.copyOf(untold);
      untold.stream().filter(listed::contains).forEach(there::add);
    }
    return there.stream().map(Place::link).toList();
  }

  /** Whether others may have changed what was listed, and it may be listed anew. */
  private boolean isOld() throws IOException {
    return System.nanoTime() - begun >= tree.age().toNanos();
  }

  /**
   * Adds to {@code there} what is where it was; returns those of which the host does not tell where
   * they are, as in folders that other accounts share.
   */
  private List<Place> asked(FolderId folder, List<Place> places, List<Place> there)
      throws IOException {
    var untold = new ArrayList<Place>();
    for (Place place : places) {
      try {
        RemoteFile now = tree.client().files().info(place.link()).file();
        RemoteFile.Place lies = now.place();
        if (now.name().equals(place.name()) && (lies == null || lies.folder().equals(folder))) {
          (lies == null ? untold : there).add(place);
        }
      } catch (RefusedException e) {
        if (e.refusal().isTransient()) {
          throw e;
        }
        if (!(e.refusal() instanceof Refusal.NotFound)) {
          untold.add(place);
        }
      }
    }
    return untold;
  }

  private Set<Place> listed(FolderId folder) throws IOException {
    FolderListing told = tree.client().folders().list(folder);
    var listed = new HashSet<Place>();
    for (RemoteFile file : tree.client().folders().complete(told).files()) {
      FileLink link = file.link();
      if (link != null) {
        listed.add(new Place(link, file.name()));
      }
    }
    return listed;
  }
}
