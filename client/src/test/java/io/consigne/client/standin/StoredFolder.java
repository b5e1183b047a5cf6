package io.consigne.client.standin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the stand-in.
 *
 * @param id its number
 * @param parent it lies in; the root in itself
 * @param name its name
 * @param made when
 * @param sharing who else sees it
 */
record StoredFolder(long id, long parent, String name, Instant made, Sharing sharing) {
  /**
   * Who else sees a folder.
   *
   * @param token of its public address; null if it has none
   * @param password of that address; empty for none
   * @param guests accounts, as {@code folder/share.cgi} was told of them
   */
  record Sharing(@Nullable String token, String password, List<Guest> guests) {
    static final Sharing NONE = new Sharing(null, "", List.of());

    /** Copies. */
    Sharing {
      guests = List.copyOf(guests);
    }
  }

  /**
   * An account that a folder is open to.
   *
   * @param email its address
   * @param rw 1 if it may write
   * @param hideLinks 1 if it sees no links
   */
  record Guest(String email, int rw, int hideLinks) {}

  StoredFolder in(long target) {
    return new StoredFolder(id, target, name, made, sharing);
  }

  StoredFolder called(String other) {
    return new StoredFolder(id, parent, other, made, sharing);
  }

  StoredFolder shared(Sharing other) {
    return new StoredFolder(id, parent, name, made, other);
  }
}
