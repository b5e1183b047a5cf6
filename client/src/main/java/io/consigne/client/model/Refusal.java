package io.consigne.client.model;

import java.time.Duration;

/**
 * Why a host did not do what it was asked: a closed family, by what the caller can do about it. The
 * kind is told by the words of the answer, since the numbers of 1fichier.com change, and its status
 * is 403 for nearly everything.
 */
public sealed interface Refusal {
  /** {@return what the host said} */
  Said said();

  /** {@return whether the same request may succeed later} */
  default boolean isTransient() {
    return this instanceof Flood || this instanceof Unavailable;
  }

  /**
   * What the host said.
   *
   * @param status of HTTP; 0 if this client refused by itself
   * @param text its words, without secrets
   * @param isOwn whether the host, or this client, said it for certain; a page, or what has no
   *     message, may be of something in between
   */
  record Said(int status, String text, boolean isOwn) {
    /**
     * What the host itself said, or this client.
     *
     * @param status of HTTP; 0 if this client refused by itself
     * @param text its words, without secrets
     */
    public Said(int status, String text) {
      this(status, text, true);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * The key is missing, wrong or revoked: get a new one.
   *
   * @param said what the host said
   */
  record NotAuthenticated(Said said) implements Refusal {}

  /**
   * The account's plan does not include this, or has ended.
   *
   * @param said what the host said
   */
  record PlanNeeded(Said said) implements Refusal {}

  /**
   * The password of a link or folder is missing or wrong.
   *
   * @param said what the host said
   */
  record PasswordNeeded(Said said) implements Refusal {}

  /**
   * Forbidden for this key, address or account.
   *
   * @param said what the host said
   */
  record Denied(Said said) implements Refusal {}

  /**
   * There is no such thing, or it is not the caller's to know.
   *
   * @param said what the host said
   */
  record NotFound(Said said) implements Refusal {}

  /**
   * The present state forbids it: a name is taken, a folder is not empty.
   *
   * @param said what the host said
   */
  record Conflict(Said said) implements Refusal {}

  /**
   * It is so already.
   *
   * @param said what the host said
   */
  record Unchanged(Said said) implements Refusal {}

  /**
   * The request is not as it must be.
   *
   * @param said what the host said
   */
  record Invalid(Said said) implements Refusal {}

  /**
   * Too large or too many.
   *
   * @param said what the host said
   */
  record TooLarge(Said said) implements Refusal {}

  /**
   * No room is left.
   *
   * @param said what the host said
   */
  record QuotaExceeded(Said said) implements Refusal {}

  /**
   * This host does not offer that.
   *
   * @param said what the host said
   */
  record NotOffered(Said said) implements Refusal {}

  /**
   * Asked too often.
   *
   * @param said what the host said
   * @param scope who is locked
   * @param retryAfter how long the host, or the local budget, wants to be left alone; zero if it
   *     does not say
   */
  record Flood(Said said, Scope scope, Duration retryAfter) implements Refusal {}

  /**
   * Not now: the host is overloaded, in maintenance, or said something that is no answer.
   *
   * @param said what the host said
   * @param retryAfter how long it wants to be left alone; zero if it does not say
   */
  record Unavailable(Said said, Duration retryAfter) implements Refusal {}

  /**
   * The bytes are not those that were stored, or that were sent.
   *
   * @param said what the host said
   */
  record Damaged(Said said) implements Refusal {}

  /**
   * Words that this client does not know.
   *
   * @param said what the host said
   */
  record Unknown(Said said) implements Refusal {}

  /** Who is locked out for a while. */
  enum Scope {
    /** Everybody at this address. */
    ADDRESS,
    /** This key, wherever it is used. */
    ACCOUNT,
    /** Calls of this kind alone, such as the listing of all files: a Consigne host tells that. */
    KIND
  }
}
