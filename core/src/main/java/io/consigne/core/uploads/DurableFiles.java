package io.consigne.core.uploads;

import io.consigne.core.blobs.Blobs;
import io.consigne.core.blobs.StoreFileWriter;
import io.consigne.core.blobs.UnenteredFiles;
import io.consigne.core.db.DatabaseFull;
import io.consigne.core.failure.FailureException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store files of one upload that were made durable. Those that the database was not told of are
 * deleted in the end; but when it is not known whether it took them, they stay, and the next start
 * sweeps them away if it did not.
 */
final class DurableFiles implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DurableFiles.class);

  private final Blobs blobs;
  private final UnenteredFiles unentered;
  private final Set<String> names = new HashSet<>();
  private final Set<String> entered = new HashSet<>();
  private boolean unknown;

  DurableFiles(Blobs blobs, UnenteredFiles unentered) {
    this.blobs = blobs;
    this.unentered = unentered;
  }

  /** The names of those that are durable. */
  Set<String> names() {
    return Set.copyOf(names);
  }

  /** Commits the store files that hold these files, unless they were. */
  void commit(List<Received.Whole> files) {
    var writers = new LinkedHashSet<StoreFileWriter>();
    files.forEach(file -> writers.add(file.stored().file()));
    writers.removeIf(writer -> names.contains(writer.name()));
    if (writers.isEmpty()) {
      return;
    }
    List<String> added = writers.stream().map(StoreFileWriter::name).toList();
    unentered.add(added);
    boolean done = false;
    try {
      blobs.commit(writers);
      names.addAll(added);
      done = true;
    } finally {
      if (!done) {
        unentered.remove(added);
      }
    }
  }

  /** Runs the transaction that enters them. */
  CommitTransaction.Outcome entering(Supplier<CommitTransaction.Outcome> transaction) {
    unknown = true;
    try {
      CommitTransaction.Outcome outcome = transaction.get();
      entered.addAll(outcome.entered());
      unknown = false;
      return outcome;
    } catch (FailureException | CopyNeeded | DatabaseFull e) {
      unknown = false;
      throw e;
    }
  }

  /** Deletes those that were not entered. */
  @Override
  public void close() {
    if (unknown) {
      LOG.warn("It is not known whether the database took the store files {}", names);
      return;
    }
    for (String name : names) {
      if (!entered.contains(name)) {
        delete(name);
      }
    }
    unentered.remove(names);
  }

  private void delete(String name) {
    try {
      blobs.delete(name);
    } catch (RuntimeException e) {
      LOG.warn(
          "Store file {} was not needed, but cannot be deleted before the next start", name, e);
    }
  }
}
