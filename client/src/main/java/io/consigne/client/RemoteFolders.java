package io.consigne.client;

import io.consigne.client.model.Capabilities;
import io.consigne.client.model.Folder;
import io.consigne.client.model.Folder.Guest;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.FolderListing;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.policy.LongFolder;
import io.consigne.client.policy.Policy;
import io.consigne.client.wire.Call.Done;
import io.consigne.client.wire.FolderCalls;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
   * {@return a folder with its folders and files, by one call} 1fichier.com wants to be asked for a
   * folder once in 30 seconds, and tells at most 5,000 files so: {@link #complete} asks for more.
   * By {@code folder/ls.cgi}.
   *
   * @param folder to be looked into
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public FolderListing list(FolderId folder) throws IOException {
    return policy.run(FolderCalls.list(folder, capabilities.fullListing()));
  }

  /**
   * {@return a listing with the files that one call does not tell} They are asked for by spans of
   * time, at 1fichier.com one call in 30 seconds. It is not whole still if more came in one second
   * than one call tells, or the host's limits do not allow so many calls in the time that this
   * client waits. By {@code file/ls.cgi}.
   *
   * @param told as {@link #list} answered it; one that is whole is given back
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public FolderListing complete(FolderListing told) throws IOException {
    if (told.isWhole() || told.files().size() < FolderCalls.LONGEST_LISTING) {
      return told;
    }
    var all = LongFolder.complete(policy, told.folder().id(), told.files());
    return new FolderListing(told.folder(), told.folders(), all.files(), all.isWhole());
  }

  /**
   * Makes a folder and answers its id. If the answer is lost, or tells no id, the parent is looked
   * into before it is made again. What a host does when there is one of that name differs: Consigne
   * answers its id. By {@code folder/mkdir.cgi}.
   *
   * @param parent folder
   * @param name within it
   * @return its id
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public FolderId make(FolderId parent, String name) throws IOException {
    for (int tries = 1; ; tries++) {
      IOException doubt;
      try {
        return policy.run(FolderCalls.make(parent, name));
      } catch (IOException e) {
        if (!isDoubtful(e)) {
          throw e;
        }
        doubt = e;
      }
      Optional<Folder> made =
          list(parent).folders().stream().filter(folder -> folder.name().equals(name)).findFirst();
      if (made.isPresent()) {
        return made.get().id();
      }
      if (tries == TRIES) {
        throw doubt;
      }
    }
  }

  private static boolean isDoubtful(IOException e) {
    return e instanceof RefusedException refused
        ? refused.refusal() instanceof Refusal.Unavailable
        : Policy.isBroken(e);
  }

  /**
   * Nothing was changed when it was asked for again after a lost answer: it is done if it is so
   * now, whatever the host says.
   */
  private static Done settled(boolean isSo, RefusedException unchanged) throws RefusedException {
    if (!isSo) {
      throw unchanged;
    }
    return Done.DONE;
  }

  /**
   * Removes an empty folder. By {@code folder/rm.cgi}.
   *
   * @param folder to be removed
   * @throws RefusedException if it is not empty
   */
  public void remove(FolderId folder) throws IOException {
    policy.run(FolderCalls.remove(folder));
  }

  /**
   * Moves a folder into another. By {@code folder/mv.cgi}.
   *
   * @param folder to be moved, with all that is in it
   * @param target its new parent
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public void move(FolderId folder, FolderId target) throws IOException {
    policy.run(
        FolderCalls.move(folder, target),
        said ->
            settled(
                list(target).folders().stream().anyMatch(one -> one.id().equals(folder)), said));
  }

  /**
   * Gives a folder another name. By {@code folder/mv.cgi}.
   *
   * @param folder to be called otherwise
   * @param name the new one
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public void rename(FolderId folder, String name) throws IOException {
    policy.run(
        FolderCalls.rename(folder, name),
        said -> settled(list(folder).folder().name().equals(name), said));
  }

  /**
   * Publishes a folder, for everybody who has the address. By {@code folder/share.cgi}.
   *
   * @param folder to be published
   * @param password at least 6 characters, or null for none
   * @return the address
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public String publish(FolderId folder, @Nullable String password) throws IOException {
    return policy.run(FolderCalls.publish(folder, password));
  }

  /**
   * Publishes a folder with all that lies below it, which {@link
   * io.consigne.client.model.Capabilities#publicBelow} hosts offer. An address that opened less
   * ends. By {@code folder/share.cgi}.
   *
   * @param folder to be published
   * @param password at least 6 characters, or null for none
   * @return the address
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public String publishBelow(FolderId folder, @Nullable String password) throws IOException {
    return policy.run(FolderCalls.publishBelow(folder, password));
  }

  /**
   * Ends the public address of a folder. By {@code folder/share.cgi}.
   *
   * @param folder that was published
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public void unpublish(FolderId folder) throws IOException {
    policy.run(
        FolderCalls.unpublish(folder),
        said -> settled(list(folder).folder().sharing().publicUrl() == null, said));
  }

  /**
   * Opens a folder to these accounts and no others; none ends its sharing. By {@code
   * folder/share.cgi}.
   *
   * @param folder to be opened
   * @param guests accounts, and what each may do
   * @throws IOException if the host refuses or cannot be reached, as {@link Client} says
   */
  public void share(FolderId folder, List<Guest> guests) throws IOException {
    policy.run(
        FolderCalls.share(folder, guests),
        said ->
            settled(
                byAddress(list(folder).folder().sharing().guests()).equals(byAddress(guests)),
                said));
  }

  /** Hosts tell addresses in small letters. */
  private static Set<Guest> byAddress(List<Guest> guests) {
    return guests.stream()
        .map(guest ->
            new Guest(guest.email().toLowerCase(Locale.ROOT), guest.writes(), guest.hidesLinks()))
        .collect(Collectors.toSet());
  }

  /**
   * Gives up a folder that another account shares with this one. Nothing of its owner is changed.
   * By {@code folder/leave.cgi}, which 1fichier.com does not have.
   *
   * @param folder that is shared, itself, and none above it is
   * @throws RefusedException if the host does not offer it, or the folder is not one to leave
   */
  public void leave(FolderId folder) throws IOException {
    if (!capabilities.consigne()) {
      throw new RefusedException(
          new Refusal.NotOffered(
              new Refusal.Said(
                  0, "this host lets nobody leave a folder: only its owner can end the sharing")));
    }
    policy.run(FolderCalls.leave(folder));
  }
}
