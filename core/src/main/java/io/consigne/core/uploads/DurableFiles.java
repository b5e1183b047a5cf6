package io.consigne.core.uploads;

import io.consigne.core.blobs.Appended;
import io.consigne.core.blobs.StoreFileWriter;
import io.consigne.core.db.DatabaseException;
import io.consigne.core.db.DatabaseUnsure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of one upload that were made durable. Store files of its own that the database was not
 * told of are deleted in the end, records in packs are counted as dead, and packs are let go; but
 * when it is not known whether it took them, they stay and are held, and the next start takes away
 * what it did not.
 */
final class DurableFiles implements Durable, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DurableFiles.class);

  private final UploadStores stores;
  private final Set<String> committed = new HashSet<>();
  private final List<Appended> appended = new ArrayList<>();
  private final IdentityHashMap<Stored, Place> inPacks = new IdentityHashMap<>();
  private final Set<String> entered = new HashSet<>();
  private boolean unknown;
  private boolean counted;

  /** Makes bytes durable in {@code stores}. */
  DurableFiles(UploadStores stores) {
    this.stores = stores;
  }

  @Override
  public Optional<Place> find(Stored stored) {
    return switch (stored) {
      case Stored.Held held -> Optional.ofNullable(inPacks.get(held));
      case Stored.Written written ->
          committed.contains(written.file().name())
              ? Optional.of(new Place(written.segment(), written.file().size()))
              : Optional.empty();
    };
  }

  /** Makes the bytes of these files durable, unless they are. */
  void commit(List<Received.Whole> files) {
    var writers = new LinkedHashSet<StoreFileWriter>();
    var held = new ArrayList<Stored.Held>();
    for (Received.Whole file : files) {
      switch (file.stored()) {
        case Stored.Held each when !inPacks.containsKey(each) -> held.add(each);
        case Stored.Written each when !committed.contains(each.file().name()) ->
            writers.add(each.file());
        case Stored _ -> {}
      }
    }
    if (!writers.isEmpty()) {
      commitAll(writers);
    }
    if (!held.isEmpty()) {
      append(held);
    }
  }

  private void commitAll(Set<StoreFileWriter> writers) {
    List<String> added = writers.stream().map(StoreFileWriter::name).toList();
    stores.unentered().add(added);
    boolean done = false;
    try {
      stores.blobs().commit(writers);
      committed.addAll(added);
      done = true;
    } finally {
      if (!done) {
        stores.unentered().remove(added);
      }
    }
  }

  private void append(List<Stored.Held> held) {
    Appended added = stores.blobs().append(held.stream().map(each -> each.bytes().view()).toList());
    appended.add(added);
    long end = added.segments().getLast().recordEnd();
    for (int i = 0; i < held.size(); i++) {
      inPacks.put(held.get(i), new Place(added.segments().get(i), end));
    }
  }

  /** Runs the transaction that enters them. */
  CommitTransaction.Outcome entering(Supplier<CommitTransaction.Outcome> transaction) {
    unknown = true;
    try {
      CommitTransaction.Outcome outcome = transaction.get();
      entered.addAll(outcome.entered());
      unknown = false;
      counted = true;
      return outcome;
    } catch (DatabaseUnsure e) {
      throw e;
    } catch (RuntimeException e) { // of the database or the work: all was undone
      unknown = false;
      throw e;
    }
  }

  /** Deletes those that were not entered, and lets go of packs. */
  @Override
  public void close() {
    if (unknown) {
      LOG.warn("It is not known whether the database took {} and {}", committed, inPacks.values());
      return;
    }
    if (!counted && !appended.isEmpty()) {
      countDead();
    }
    appended.forEach(Appended::close);
    for (String name : committed) {
      if (!entered.contains(name)) {
        delete(name);
      }
    }
    stores.unentered().remove(committed);
  }

  /** Without it the room is lost until the next start. */
  private void countDead() {
    try {
      stores
          .database()
          .change(sql -> {
            inPacks.values().forEach(place -> stores.contents().addDead(sql, place.segment()));
          });
    } catch (DatabaseException e) {
      LOG.warn("{} are not needed, but cannot be counted as dead", inPacks.values(), e);
    }
  }

  private void delete(String name) {
    try {
      stores.blobs().delete(name);
    } catch (RuntimeException e) {
      LOG.warn(
          "Store file {} was not needed, but cannot be deleted before the next start", name, e);
    }
  }
}
