package io.consigne.cli.remote;

import io.consigne.cli.talk.Exit;
import io.consigne.cli.talk.Problem;
import io.consigne.cli.talk.Sentences;
import io.consigne.cli.talk.Talk;
import io.consigne.client.Client;
import io.consigne.client.cache.CachedFolder;
import io.consigne.client.cache.Contents;
import io.consigne.client.cache.Listings;
import io.consigne.client.model.Folder;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.FolderListing;
import io.consigne.client.model.Limit;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.split.Manifest;
import io.consigne.client.transfer.Together;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * The tree of an account, as one command sees it: what was listed once is not asked again, unless
 * it is forgotten. Where a host accepts to be asked for a folder now and then only, what this
 * machine knows of it is taken until then. For one thread.
 */
public final class Tree {
  private static final Comparator<Entry> BY_NAME =
      Comparator.comparing(entry -> entry.path().name());

  private static final int AT_ONCE = 8;

  private final Client client;
  private final Listings listings;
  private final Map<FolderId, FolderListing> known = new HashMap<>();

  /** Those of which the host does not tell all. */
  private final Set<FolderId> cut = new HashSet<>();

  /**
   * The tree of an account.
   *
   * @param client of the account
   * @param listings of the same, on disk
   */
  public Tree(Client client, Listings listings) {
    this.client = client;
    this.listings = listings;
  }

  /** The account's client. What changes files or folders goes by {@link #listings} instead. */
  public Client client() {
    return client;
  }

  /** What this machine knows of the account. */
  public Listings listings() {
    return listings;
  }

  /** What is changed from here, and what others change, is seen when it is that old. */
  public Duration age() throws IOException {
    return client.capabilities().consigne() ? Duration.ZERO : Limit.FOLDER.interval();
  }

  /**
   * Finds out what became of uploads below a path that were on their way when their process died,
   * before it is decided what is to be sent; tells of what nobody knows.
   */
  public void settle(RemotePath path, Talk talk) throws IOException {
    List<String> unknown = listings.files().settle(path.text(), age());
    if (!unknown.isEmpty()) {
      talk.warn(Sentences.unsettled(unknown));
    }
  }

  /** What is in a folder; all of it, as far as the host tells that. */
  public FolderListing list(RemotePath path, FolderId folder) throws IOException {
    FolderListing listing = known.get(folder);
    if (listing == null || !isKnown(folder)) {
      listing = ask(CachedFolder.of(folder, path.text()), true);
      keep(listing, folder);
    }
    return listing;
  }

  /** The folders in a folder: of a long one they are told at once, all files are not. */
  private List<Folder> folders(RemotePath path, FolderId folder) throws IOException {
    FolderListing listing = known.get(folder);
    if (listing == null) {
      listing = ask(CachedFolder.of(folder, path.text()), false);
      known.put(folder, listing);
    }
    return listing.folders();
  }

  private void keep(FolderListing listing, FolderId folder) {
    known.put(folder, listing);
    if (!listing.isWhole()) {
      cut.add(folder);
    }
  }

  /** Whether no more can be asked for. */
  private boolean isKnown(FolderId folder) {
    FolderListing listing = known.get(folder);
    return listing != null && (listing.isWhole() || cut.contains(folder));
  }

  /** What need not be cached, is not: that would take longer than to ask. */
  private FolderListing ask(CachedFolder folder, boolean all) throws IOException {
    Duration age = age();
    if (age.isZero()) {
      FolderListing told = client.folders().list(folder.id());
      return all ? client.folders().complete(told) : told;
    }
    Contents contents = all ? listings.list(folder, age) : listings.glance(folder, age);
    return new FolderListing(
        contents.folder().folder(),
        contents.folders().stream().map(CachedFolder::folder).toList(),
        contents.files(),
        contents.isWhole());
  }

  /**
   * What people are told of a folder of which the host does not list all files; empty if it does.
   */
  public Optional<String> cut(RemotePath path, FolderId folder) throws IOException {
    return list(path, folder).isWhole()
        ? Optional.empty()
        : Optional.of("the host does not list all files of " + path);
  }

  /** The same of a folder that may be missing. */
  public Optional<String> cut(RemotePath path) throws IOException {
    Optional<Folder> there = folder(path);
    return there.isEmpty() ? Optional.empty() : cut(path, there.get().id());
  }

  /** Something of this folder has changed. */
  public void forget(FolderId folder) {
    known.remove(folder);
    cut.remove(folder);
  }

  /** Much has changed. */
  public void forgetAll() {
    known.clear();
    cut.clear();
  }

  /** What is in a folder, by name, folders first. */
  public List<Entry> children(RemotePath path, FolderId folder) throws IOException {
    FolderListing listing = list(path, folder);
    var folders = new ArrayList<Entry>();
    listing.folders().forEach(f -> folders.add(new Entry.OfFolder(path.child(f.name()), f)));
    var files = new ArrayList<Entry>();
    listing.files().forEach(f -> files.add(new Entry.OfFile(path.child(f.name()), f)));
    folders.sort(BY_NAME);
    files.sort(BY_NAME);
    folders.addAll(files);
    return folders;
  }

  /** What is below a folder, each folder before what is in it. */
  public void walk(RemotePath path, FolderId folder, Visitor visitor) throws IOException {
    listBelow(CachedFolder.of(folder, path.text()));
    visit(path, folder, visitor);
  }

  /** Lists all folders below one, several at once as far as the host's limits allow. */
  private void listBelow(CachedFolder top) throws IOException {
    for (List<CachedFolder> level = List.of(top); !level.isEmpty(); ) {
      List<CachedFolder> asked = level.stream().filter(folder -> !isKnown(folder.id())).toList();
      List<Callable<FolderListing>> calls =
          asked.stream().<Callable<FolderListing>>map(folder -> () -> ask(folder, true)).toList();
      List<FolderListing> told = Together.run(calls, AT_ONCE);
      for (int i = 0; i < asked.size(); i++) {
        keep(told.get(i), asked.get(i).id());
      }
      level = level.stream().flatMap(this::below).toList();
    }
  }

  private Stream<CachedFolder> below(CachedFolder folder) {
    FolderListing listing = known.get(folder.id());
    return listing == null
        ? Stream.empty()
        : listing.folders().stream().map(sub -> new CachedFolder(folder.child(sub.name()), sub));
  }

  private void visit(RemotePath path, FolderId folder, Visitor visitor) throws IOException {
    for (Entry entry : children(path, folder)) {
      visitor.visit(entry);
      if (entry instanceof Entry.OfFolder below) {
        visit(below.path(), below.folder().id(), visitor);
      }
    }
  }

  /** Told of what is in a tree. */
  @FunctionalInterface
  public interface Visitor {
    /** There is this. */
    void visit(Entry entry) throws IOException;
  }

  /** The folder at a path; the account's own, if another shares one of that name. */
  public Optional<Folder> folder(RemotePath path) throws IOException {
    if (path.isRoot()) {
      return Optional.of(new Folder(FolderId.ROOT, "", null, Folder.Sharing.NONE));
    }
    Optional<Folder> parent = folder(path.parent());
    if (parent.isEmpty()) {
      return Optional.empty();
    }
    return folders(path.parent(), parent.get().id()).stream()
        .filter(folder -> folder.name().equals(path.name()))
        .min(Comparator.comparing(folder -> folder.sharing().owner() != null));
  }

  /** The files at a path: none, one, or several of the same name. */
  public List<RemoteFile> files(RemotePath path) throws IOException {
    if (path.isRoot()) {
      return List.of();
    }
    Optional<Folder> parent = folder(path.parent());
    if (parent.isEmpty()) {
      return List.of();
    }
    return list(path.parent(), parent.get().id()).files().stream()
        .filter(file -> file.name().equals(path.name()))
        .toList();
  }

  /**
   * What is at a path; a folder, if there are both.
   *
   * @throws Problem if nothing is there, or several files are, or the host does not tell
   */
  public Entry get(RemotePath path) throws IOException {
    Optional<Folder> folder = folder(path);
    if (folder.isPresent()) {
      return new Entry.OfFolder(path, folder.get());
    }
    List<RemoteFile> files = files(path);
    return switch (files.size()) {
      case 0 -> throw notThere(path);
      case 1 -> new Entry.OfFile(path, files.getFirst());
      default ->
          throw new Problem(
              Exit.CONFLICT,
              "%d files are called %s".formatted(files.size(), path),
              "name one by its link, which \"consigne ls --json\" shows");
    };
  }

  private Problem notThere(RemotePath path) throws IOException {
    RemotePath parts = path.parent().child(path.name() + Manifest.FOLDER_END);
    if (folder(parts).isPresent()) {
      return new Problem(Exit.NOT_FOUND, "%s is in parts".formatted(path), "they are in " + parts);
    }
    return cut(path.parent())
        .map(cut ->
            new Problem(
                Exit.FAILED,
                "%s, and none called %s".formatted(cut, path.name()),
                "if you know its link, name it by that"))
        .orElseGet(() -> new Problem(Exit.NOT_FOUND, "nothing is at " + path));
  }

  /**
   * The folders that {@link #make} would make, the topmost first.
   *
   * @throws Problem if one cannot be made
   */
  public List<RemotePath> missing(RemotePath path) throws IOException {
    if (folder(path).isPresent()) {
      return List.of();
    }
    if (!files(path).isEmpty()) {
      throw new Problem(Exit.CONFLICT, "a file is called " + path);
    }
    var missing = new ArrayList<>(missing(path.parent()));
    missing.add(path);
    return missing;
  }

  /** The folder at a path, which is made if it is missing. */
  public FolderId make(RemotePath path) throws IOException {
    List<RemotePath> missing = missing(path);
    RemotePath there = missing.isEmpty() ? path : missing.getFirst().parent();
    var folder = new CachedFolder(there.text(), folder(there).orElseThrow());
    for (RemotePath each : missing) {
      CachedFolder made = listings.folders().make(folder, each.name());
      forget(folder.id());
      folder = made;
    }
    return folder.id();
  }
}
