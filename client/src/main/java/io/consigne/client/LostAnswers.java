package io.consigne.client;

import io.consigne.client.model.AccessRules;
import io.consigne.client.model.FileChange;
import io.consigne.client.model.FileDetails;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.policy.Policy;
import io.consigne.client.wire.Call.Counted;
import io.consigne.client.wire.FileCalls;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Changes whose answer was lost, and that change nothing when they are asked for again: whether
 * they were made is seen by how things are. "Nothing was changed" says a host also of what it
 * skips.
 */
final class LostAnswers {
  private final Policy policy;

  LostAnswers(Policy policy) {
    this.policy = policy;
  }

  Counted moved(List<FileLink> links, FolderId target) throws IOException {
    return policy.run(
        FileCalls.move(links, target), _ -> counted(links, link -> isIn(target, details(link))));
  }

  private static boolean isIn(FolderId target, FileDetails details) {
    var place = details.file().place();
    return place != null && place.folder().equals(target);
  }

  Counted renamed(Map<FileLink, String> names) throws IOException {
    return policy.run(
        FileCalls.rename(names),
        _ ->
            counted(
                List.copyOf(names.keySet()),
                link -> details(link).file().name().equals(names.get(link))));
  }

  /** What a host does not tell, as the words of a password, is taken to be as it was asked for. */
  List<FileLink> changed(List<FileLink> links, FileChange change) throws IOException {
    return policy.run(
        FileCalls.change(links, change),
        _ -> {
          requireWhole("changed", counted(links, link -> isSo(change, details(link))));
          return links;
        });
  }

  private static boolean isSo(FileChange change, FileDetails now) {
    return isSo(change.description(), now.description()::equals)
        && isSo(change.inline(), shown -> shown == now.inline())
        && isSo(change.password(), word -> word.isEmpty() != now.file().locks().password())
        && isSo(change.rules(), rules -> isOpen(rules) == isOpen(now.rules()));
  }

  private static <T> boolean isSo(@Nullable T wanted, Predicate<T> isNow) {
    return wanted == null || isNow.test(wanted);
  }

  /** A host may tell rules in other words than they were given in. */
  private static boolean isOpen(@Nullable AccessRules rules) {
    return rules == null || rules.equals(AccessRules.NONE);
  }

  /** Whether a file is as it was asked for. */
  @FunctionalInterface
  private interface Wish {
    boolean isMet(FileLink link) throws IOException;
  }

  /** One after the other: this is rare, and a listing may be late. */
  private Counted counted(List<FileLink> links, Wish wish) throws IOException {
    int done = 0;
    for (FileLink link : links) {
      try {
        done += wish.isMet(link) ? 1 : 0;
      } catch (RefusedException e) {
        if (e.refusal().isTransient()) {
          throw e;
        }
        // What the host does not show has not become what was asked for.
      }
    }
    return new Counted(links.size(), done);
  }

  private FileDetails details(FileLink link) throws IOException {
    return policy.run(FileCalls.info(link, null));
  }

  /** What a host skips it does not name. */
  static void requireWhole(String what, Counted answer) throws RefusedException {
    if (!answer.isWhole()) {
      throw new RefusedException(
          new Refusal.Unknown(
              new Refusal.Said(
                  200,
                  "the host says that it has %s %d of %d files; which ones, a listing tells"
                      .formatted(what, answer.done(), answer.asked()))));
    }
  }
}
