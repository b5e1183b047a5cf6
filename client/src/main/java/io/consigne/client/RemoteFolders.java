package io.consigne.client;

import io.consigne.client.model.Capabilities;
import io.consigne.client.model.Folder;
import io.consigne.client.model.Folder.Guest;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.FolderListing;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.policy.Policy;
import io.consigne.client.wire.FolderCalls;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folders of an account.
 *
 * {@snippet file="io/consigne/client/ExamplesTest.java" region=folders}
 */
public final class RemoteFolders {
  private static final int TRIES = 3;

  private final Policy policy;
  private final Capabilities capabilities;

  RemoteFolders(Policy policy, Capabilities capabilities) {
    this.policy = policy;
    this.capabilities = capabilities;
  }

  /**
   * A folder with its folders and files, by one call. 1fichier.com wants to be asked for a folder
   * once in 30 seconds.
   */
  public FolderListing list(FolderId folder) throws IOException {
    return policy.run(FolderCalls.list(folder, capabilities.fullListing()));
  }

  /**
   * Makes a folder and answers its id. If the answer is lost, the parent is looked into before it
   * is made again. What a host does when there is one of that name differs: Consigne answers its
   * id.
   */
  public FolderId make(FolderId parent, String name) throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        return policy.run(FolderCalls.make(parent, name));
      } catch (IOException e) {
        if (!isDoubtful(e) || tries == TRIES) {
          throw e;
        }
      }
      Optional<Folder> made =
          list(parent).folders().stream().filter(folder -> folder.name().equals(name)).findFirst();
      if (made.isPresent()) {
        return made.get().id();
      }
    }
  }

  private static boolean isDoubtful(IOException e) {
    return e instanceof RefusedException refused
        ? refused.refusal() instanceof Refusal.Unavailable
        : Policy.isBroken(e);
  }

  /**
   * Removes an empty folder.
   *
   * @throws RefusedException if it is not empty
   */
  public void remove(FolderId folder) throws IOException {
    policy.run(FolderCalls.remove(folder));
  }

  /** Moves a folder into another. */
  public void move(FolderId folder, FolderId target) throws IOException {
    policy.run(FolderCalls.move(folder, target));
  }

  /** Gives a folder another name. */
  public void rename(FolderId folder, String name) throws IOException {
    policy.run(FolderCalls.rename(folder, name));
  }

  /**
   * Publishes a folder, for everybody who has the address.
   *
   * @param password at least 6 characters, or null for none
   * @return the address
   */
  public String publish(FolderId folder, @Nullable String password) throws IOException {
    return policy.run(FolderCalls.publish(folder, password));
  }

  /** Ends the public address of a folder. */
  public void unpublish(FolderId folder) throws IOException {
    policy.run(FolderCalls.unpublish(folder));
  }

  /** Opens a folder to these accounts and no others; none ends its sharing. */
  public void share(FolderId folder, List<Guest> guests) throws IOException {
    policy.run(FolderCalls.share(folder, guests));
  }
}
