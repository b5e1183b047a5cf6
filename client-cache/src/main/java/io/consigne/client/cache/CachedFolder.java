package io.consigne.client.cache;

import io.consigne.client.model.Folder;
import io.consigne.client.model.FolderId;

/**
 * A folder that is known.
 *
 * @param path from the root of the account, without slashes at its ends; empty for the root
 * @param folder itself; of one that nobody has listed yet, only the id and the name
 */
public record CachedFolder(String path, Folder folder) {
  /** Where an account begins. */
  public static final CachedFolder ROOT = of(FolderId.ROOT, "");

  /**
   * A folder of which no more is known.
   *
   * @param id its identity
   * @param path from the root of the account, without slashes at its ends
   * @return the account's own
   */
  public static CachedFolder of(FolderId id, String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return new CachedFolder(path, new Folder(id, name, null, Folder.Sharing.NONE));
  }

  /**
   * Its identity.
   *
   * @return that of the folder
   */
  public FolderId id() {
    return folder.id();
  }

  /**
   * Whether it is the account's own.
   *
   * @return false if another shares it
   */
  public boolean owned() {
    return folder.sharing().owner() == null;
  }

  /**
   * The path of what is in it.
   *
   * @param name of that
   * @return from the root of the account
   */
  public String child(String name) {
    return path.isEmpty() ? name : path + "/" + name;
  }

  /** What all paths below it begin with. */
  String below() {
    return path.isEmpty() ? "" : path + "/";
  }
}
