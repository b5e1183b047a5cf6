package io.consigne.server.admin;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.consigne.core.keys.KeyWish;

/**
 * What the operator asks for about keys. An account is named by its e-mail, a key of it by its name
 * or its number.
 */
public sealed interface KeyRequest extends AdminRequest.Quick {
  /**
   * List the keys of an account.
   *
   * @param unused how long a stale key was not used
   * @param onlyStale whether stale keys alone are listed
   * @param json for programs
   * @param columns of the terminal; 0 if there is none
   */
  @JsonTypeName("key list")
  record Listing(String account, String unused, boolean onlyStale, boolean json, int columns)
      implements KeyRequest {}

  /** Make a restricted key. Answers it. */
  @JsonTypeName("key add")
  record Add(String account, KeyWish wish) implements KeyRequest {}

  /** Change a restricted key. */
  @JsonTypeName("key set")
  record Change(String account, String key, KeyWish wish) implements KeyRequest {}

  /**
   * Give a key a new secret. Answers it.
   *
   * @param overlap how long the old secret goes on
   */
  @JsonTypeName("key rotate")
  record Rotate(String account, String key, String overlap) implements KeyRequest {}

  /** Make a new master key; the old one is dead in the same moment. Answers it. */
  @JsonTypeName("key regenerate")
  record Regenerate(String account) implements KeyRequest {}

  /** Revoke a restricted key. */
  @JsonTypeName("key revoke")
  record Revoke(String account, String key) implements KeyRequest {}

  /** Revoke the master key. */
  @JsonTypeName("key revoke master")
  record RevokeMaster(String account) implements KeyRequest {}

  /** Say what a key is good for. */
  @JsonTypeName("key verify")
  record Verify(String secret) implements KeyRequest {
    @Override
    public String toString() {
      return "Verify[…]";
    }
  }

  /** Revoke a key that was found somewhere. */
  @JsonTypeName("key scan")
  record RevokeFound(String secret) implements KeyRequest {
    @Override
    public String toString() {
      return "RevokeFound[…]";
    }
  }
}
