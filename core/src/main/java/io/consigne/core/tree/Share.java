package io.consigne.core.tree;

/**
 * How a folder is opened between accounts.
 *
 * @param email the other account
 * @param writable whether the guest may change what is in it
 * @param hideLinks whether the guest is not shown the links of its files; never with {@code
 *     writable}
 */
public record Share(String email, boolean writable, boolean hideLinks) {
  /** Hidden links exclude writing. */
  public Share {
    writable = writable && !hideLinks;
  }
}
