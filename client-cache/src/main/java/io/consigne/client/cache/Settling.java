package io.consigne.client.cache;

import io.consigne.client.Client;
import io.consigne.client.budget.Timing;
import io.consigne.client.cache.OpenUploads.Left;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transfer.OpenUpload;
import io.consigne.client.transfer.OpenUpload.Item;
import io.consigne.client.transfer.Together;
import io.consigne.client.transfer.UploadResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds out what became of uploads that nobody waits for any more. What the host lists is there;
 * else its report says so, also where listings come late; what is in neither after some minutes is
 * not there.
 */
final class Settling {
  private static final int AT_ONCE = 8;

  /** How often a folder is looked into. */
  private static final int LOOKS = 3;

  private final Client client;
  private final Timing timing;
  private final OpenUploads uploads;
  private final FreshListings fresh;
  private final StoreJournal journal;

  Settling(
      Client client,
      Timing timing,
      OpenUploads uploads,
      FreshListings fresh,
      StoreJournal journal) {
    this.client = client;
    this.timing = timing;
    this.uploads = uploads;
    this.fresh = fresh;
    this.journal = journal;
  }

  /**
   * Settles uploads.
   *
   * @return the paths of files of which it stays unknown whether the host has them
   */
  List<String> settle(List<Left> all, Duration age) throws IOException {
    var folders = new LinkedHashMap<CachedFolder, List<Left>>();
    for (Left left : all) {
      folders.computeIfAbsent(left.folder(), _ -> new ArrayList<>()).add(left);
    }
    List<Callable<List<String>>> tasks =
        folders.entrySet().stream()
            .<Callable<List<String>>>map(each -> () -> settle(each.getKey(), each.getValue(), age))
            .toList();
    return Together.run(tasks, AT_ONCE).stream().flatMap(List::stream).toList();
  }

  /** One, and those of its files that the host does not list. */
  private record Open(Left left, List<Item> missing) {}

  private List<String> settle(CachedFolder folder, List<Left> all, Duration age)
      throws IOException {
    List<Open> untold = untold(unlisted(all, () -> fresh.list(folder, age)));
    // The host must have listed by now what it has, unless it has said to have it.
    List<Open> old = untold.stream().filter(open -> !isRecent(open.left())).toList();
    Stream<Open> said = givenUp(old).filter(open -> open.left().taken());
    List<Open> recent = untold.stream().filter(open -> isRecent(open.left())).toList();
    for (int look = 2; look <= LOOKS && !recent.isEmpty(); look++) {
      recent = unlisted(recent.stream().map(Open::left).toList(), () -> fresh.listAnew(folder));
    }
    return Stream.concat(said, givenUp(recent)).flatMap(open -> names(open, folder)).toList();
  }

  /**
   * Gives up what stays unknown, but what the host may list later, or has said to have: as long as
   * it may tell of that, it is neither forgotten nor sent again.
   */
  private Stream<Open> givenUp(List<Open> unknown) throws IOException {
    Instant now = timing.now();
    boolean isSure = fresh.isSure();
    List<Open> given =
        unknown.stream()
            .filter(open -> !(isSure ? open.left().isBeingRead(now) : open.left().isInDoubt(now)))
            .toList();
    uploads.remove(given.stream().map(open -> open.left().upload()).toList());
    return given.stream();
  }

  private static Stream<String> names(Open open, CachedFolder folder) {
    return open.missing().stream().map(item -> folder.child(item.name()));
  }

  /** Those of which the host does not tell what became of them. */
  private List<Open> untold(List<Open> open) throws IOException {
    List<Callable<Boolean>> asks =
        open.stream().<Callable<Boolean>>map(each -> () -> isTold(each.left())).toList();
    List<Boolean> told = Together.run(asks, AT_ONCE);
    var untold = new ArrayList<Open>();
    for (int i = 0; i < open.size(); i++) {
      if (!told.get(i)) {
        untold.add(open.get(i));
      }
    }
    return untold;
  }

  /** Whether the host tells what became of one; then it is settled. */
  private boolean isTold(Left left) throws IOException {
    // A report that may take an hour is not waited for: that file alone is held back.
    boolean isSoon = isRecent(left) && !left.isBeingRead(timing.now());
    List<UploadResult> results = client.uploads().settle(left.upload(), isSoon);
    if (results.isEmpty()) {
      return false;
    }
    journal.end(List.of(left.upload()), results);
    return true;
  }

  private boolean isRecent(Left left) {
    return left.isRecent(timing.now());
  }

  /** A look into a folder. */
  @FunctionalInterface
  private interface Look {
    Contents into() throws IOException;
  }

  /** Those of which not all files are listed; the others are settled. */
  private List<Open> unlisted(List<Left> all, Look look) throws IOException {
    List<RemoteFile> listed = listed(look);
    var open = new ArrayList<Open>();
    for (Left left : all) {
      List<Item> missing = missing(left.upload(), listed);
      if (missing.isEmpty()) {
        uploads.remove(List.of(left.upload()));
      } else {
        open.add(new Open(left, missing));
      }
    }
    return open;
  }

  /** What is listed; nothing if the folder is there no more. */
  private static List<RemoteFile> listed(Look look) throws IOException {
    try {
      return look.into().files();
    } catch (RefusedException e) {
      if (e.refusal() instanceof Refusal.NotFound) {
        return List.of();
      }
      throw e;
    }
  }

  /** The files of an upload that are not among those of its folder. */
  static List<Item> missing(OpenUpload upload, List<RemoteFile> listed) {
    Map<String, List<RemoteFile>> byName =
        listed.stream()
            .filter(there -> there.link() != null && !upload.others().contains(there.link()))
            .collect(
                Collectors.groupingBy(RemoteFile::name, Collectors.toCollection(ArrayList::new)));
    var missing = new ArrayList<Item>();
    for (Item item : upload.files()) {
      List<RemoteFile> named = byName.getOrDefault(item.name(), List.of());
      Optional<RemoteFile> same = named.stream().filter(there -> isSame(there, item)).findFirst();
      if (same.isPresent()) {
        named.remove(same.get());
      } else {
        missing.add(item);
      }
    }
    return missing;
  }

  private static boolean isSame(RemoteFile there, Item item) {
    return there.sizeBytes() == item.sizeBytes() && there.checksums().agree(item.checksums());
  }
}
