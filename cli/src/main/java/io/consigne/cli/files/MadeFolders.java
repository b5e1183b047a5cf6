package io.consigne.cli.files;

import io.consigne.cli.remote.RemotePath;
import io.consigne.cli.remote.Tree;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.transfer.Breaker;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The folders that files go to, which are made. One that the host refuses, as for its name, is no
 * reason to leave the others.
 */
final class MadeFolders {
  private final Tree tree;
  private final Breaker breaker;
  private final Map<RemotePath, Refusal> refused = new HashMap<>();

  MadeFolders(Tree tree, Breaker breaker) {
    this.tree = tree;
    this.breaker = breaker;
  }

  /** Empty if the host refuses it, or one above it, or if the run has ended. */
  Optional<FolderId> make(RemotePath folder) throws IOException {
    if (breaker.isEnded() || refusal(folder).isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.of(tree.make(folder));
    } catch (RefusedException e) {
      if (e.refusal().isTransient()) {
        throw e;
      }
      breaker.refused(e);
      refused.put(folder, e.refusal());
      return Optional.empty();
    }
  }

  /** Why a folder was not made. */
  Optional<Refusal> refusal(RemotePath folder) {
    return refused.entrySet().stream()
        .filter(each -> folder.isWithin(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
