package io.consigne.client.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder.
 *
 * @param id its identity
 * @param name unique among its siblings
 * @param created when, or null: the root, or the host's text is no time
 * @param sharing who else sees it
 */
public record Folder(FolderId id, String name, @Nullable Instant created, Sharing sharing) {
  /**
   * Who else sees a folder.
   *
   * @param publicUrl where everybody finds it, or null
   * @param password whether that address asks for a password
   * @param guests accounts that it is opened to, as its owner sees them
   * @param owner whose it is, if it is somebody else's; else null
   */
  public record Sharing(
      @Nullable String publicUrl, boolean password, List<Guest> guests, @Nullable Guest owner) {
    /** Nobody. */
    public static final Sharing NONE = new Sharing(null, false, List.of(), null);

    /** Copies. */
    public Sharing {
      guests = List.copyOf(guests);
    }
  }

  /**
   * An account that a folder is shared with, or by.
   *
   * @param email of the account
   * @param writes whether the guest may change what is inside
   * @param hidesLinks whether the guest sees no links
   */
  public record Guest(String email, boolean writes, boolean hidesLinks) {}
}
