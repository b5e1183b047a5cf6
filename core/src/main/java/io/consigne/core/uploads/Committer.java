package io.consigne.core.uploads;

import io.consigne.core.blobs.StoredContent;
import io.consigne.core.ids.ContentId;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Makes uploads durable, in this order: old copies of the same bytes are looked for and read; the
 * bytes that are needed are committed or appended to a pack; one transaction enters everything;
 * what it did not enter is deleted.
 */
final class Committer {
  private final UploadStores stores;
  private final CommitRules rules;
  private final StoredContent stored;

  Committer(UploadStores stores, CommitRules rules) {
    this.stores = stores;
    this.rules = rules;
    this.stored = new StoredContent(stores.blobs());
  }

  /** Commits an upload; see {@link Upload#commit}. */
  UploadReport commit(UploadHead head, List<Received> files, UploadForm form, Alongside alongside) {
    List<Received.Whole> whole = CommitTransaction.whole(files);
    whole.forEach(file -> await(file.stored().sha256()));
    var transaction = new CommitTransaction(head, files, form, rules, alongside);
    CommitPlan plan = plan(transaction.destination(), whole);
    try (var durable = new DurableFiles(stores)) {
      CommitTransaction.Outcome outcome;
      try {
        outcome = enter(transaction, durable, plan);
      } catch (CopyNeeded e) {
        outcome = enter(transaction, durable, plan.withAll(whole));
      }
      wake(outcome);
      return outcome.report();
    }
  }

  private CommitPlan plan(Destination destination, List<Received.Whole> files) {
    return stores
        .database()
        .read(sql -> CommitPlan.Look.at(sql, destination, files, rules))
        .verified(stored);
  }

  private CommitTransaction.Outcome enter(
      CommitTransaction transaction, DurableFiles durable, CommitPlan plan) {
    durable.commit(plan.copies());
    return durable.entering(
        () -> stores.database().write(sql -> transaction.run(sql, durable, plan.damaged())));
  }

  private void wake(CommitTransaction.Outcome outcome) {
    if (outcome.lowestContent() != Long.MAX_VALUE) {
      stores.hashes().wake(new ContentId(outcome.lowestContent()));
    }
  }

  private static void await(Future<String> hash) {
    try {
      hash.get();
    } catch (InterruptedException e) {
      throw ReceiveMemory.interrupted();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an upload could not be hashed", e);
    }
  }
}
